import {
  encodeWords,
  listVocabulary,
  type Position,
  randomStream,
  splitWords,
  type TokenCondition,
} from '@gankit/core'
import type { CaptionLine } from './caption-lines.ts'

/** Captions of pictures, as tokens. */
export interface PictureCaptions {
  readonly condition: TokenCondition
  /** By the picture's name the numbers of its captions. */
  readonly byPicture: ReadonlyMap<string, readonly number[]>
  /** Captions whose picture isn't there. */
  readonly missing: readonly CaptionLine[]
  /** Captions of more words than tokens, which end early. */
  readonly cut: readonly CaptionLine[]
  /** One caption of each of these pictures, [pictures.length, length], drawn by the batch's position alone. */
  draw(pictures: readonly string[], position: Position): Int32Array<ArrayBuffer>
}

/** Tokens in a caption. */
export const captionLength = 32

/** From so many captions on, a word that occurs once is an unknown one: too rare to be learned. */
const manyCaptions = 2000

/** Captions that stand for all where none are given, at most. */
const maxExamples = 64

/**
 * Finds the pictures of captions, and makes tokens of them. The vocabulary is that of the captions that have a picture.
 * @param names of pictures, relative to their folder, with '/' between folders
 * @param folders names of the folder that those of captions may begin with
 */
export function matchCaptions(
  lines: readonly CaptionLine[],
  names: readonly string[],
  folders: readonly string[] = [],
): PictureCaptions {
  const find = createFinder(names, folders)
  const byPicture = new Map<string, number[]>()
  const kept: CaptionLine[] = []
  const missing: CaptionLine[] = []
  for (const line of lines) {
    const name = find(line.picture)
    if (name === undefined) {
      missing.push(line)
      continue
    }
    const numbers = byPicture.get(name)
    if (numbers) numbers.push(kept.length)
    else byPicture.set(name, [kept.length])
    kept.push(line)
  }
  const words = listVocabulary(listFrequentWords(kept))
  const tokens = new Int32Array(kept.length * captionLength)
  const cut = kept.filter(({ text }, i) => {
    const encoded = encodeWords(words, captionLength, text)
    tokens.set(encoded.tokens, i * captionLength)
    return encoded.cut > 0
  })
  const row = (caption: number) => tokens.subarray(caption * captionLength, (caption + 1) * captionLength)
  const order = randomStream(0, 'datasets/captions/examples').permutation(kept.length)
  const examples = Array.from(order.subarray(0, maxExamples), caption => [...row(caption)])
  return {
    condition: { kind: 'tokens', length: captionLength, vocabulary: words.length, words, examples },
    byPicture,
    missing,
    cut,
    draw(pictures, { epoch, batch }) {
      const chances = randomStream(0, `datasets/captions/${epoch}`, batch).uniform(pictures.length)
      const drawn = new Int32Array(pictures.length * captionLength)
      for (const [i, picture] of pictures.entries()) {
        const numbers = byPicture.get(picture)!
        drawn.set(row(numbers[Math.floor(chances[i]! * numbers.length)]!), i * captionLength)
      }
      return drawn
    },
  }
}

/** The words of captions, where there are many captions those that occur twice or more. */
function listFrequentWords(captions: readonly CaptionLine[]): string[] {
  const counts = new Map<string, number>()
  for (const { text } of captions)
    for (const word of splitWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const least = captions.length > manyCaptions ? 2 : 1
  return [...counts].flatMap(([word, count]) => (count >= least ? [word] : []))
}

/** Makes the function that finds a picture by its name in a list of captions: its path, or where only one file has it, its last part. */
function createFinder(
  names: readonly string[],
  folders: readonly string[],
): (picture: string) => string | undefined {
  const byPath = new Map(names.map(name => [tidy(name), name]))
  const byLast = new Map<string, string | undefined>()
  for (const [path, name] of byPath) {
    const last = path.slice(path.lastIndexOf('/') + 1)
    byLast.set(last, byLast.has(last) ? undefined : name)
  }
  const prefixes = folders.map(folder => `${tidy(folder)}/`)
  return picture => {
    const path = tidy(picture)
    const prefix = prefixes.find(prefix => path.startsWith(prefix))
    return (
      byPath.get(path) ??
      (prefix === undefined ? undefined : byPath.get(path.slice(prefix.length))) ??
      (path.includes('/') ? undefined : byLast.get(path))
    )
  }
}

/** A path in one form: that of Windows and of macOS, which takes accents off their letters, too. */
const tidy = (path: string): string =>
  path
    .normalize('NFC')
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '')
