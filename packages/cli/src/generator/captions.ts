import { type EncodedWords, encodeWords, GankitError, splitWords } from '@gankit/core'
import { type CaptionCondition, findCaptions, listExamples } from '@gankit/inference'
import { formatCount, formatPlural, wrapText } from '../terminal/format.ts'
import { formatCommand } from '../terminal/terminal.ts'
import type { OpenedGenerator } from './find.ts'

/** A generator that draws what words say. */
export interface CaptionedSource extends OpenedGenerator {
  readonly captions: CaptionCondition
}

/** Words of a vocabulary that are shown where there is room for some, and words that are named as unknown. */
const maxShown = 10
const maxUnknown = 6
/** Characters of a caption in a message. */
const maxQuoted = 60
/** Columns of a list of words where the terminal doesn't say how many it has. */
const usualColumns = 80

/** Those of generators that draw what words say. @throws GankitError where none does */
export function requireCaptions(opened: readonly OpenedGenerator[]): readonly CaptionedSource[] {
  const found = opened.flatMap(each => {
    const captions = findCaptions(each.generator)
    return captions ? [{ ...each, captions }] : []
  })
  if (found.length > 0) return found
  const [{ source }] = opened as [OpenedGenerator]
  throw new GankitError(
    'cli',
    'option',
    `the generator of ${source} takes no captions, expected one that learned from pictures with captions, such as text-to-image: 'gankit sample ${source} --out new.png' draws with this one`,
  )
}

/** 'birds of text-to-image', or the source alone where it has one generator. */
export function nameSource({ source, from }: OpenedGenerator): string {
  return from.kind === 'app' && from.name !== undefined ? `${from.name} of ${source}` : source
}

/** The generator that knows most of the words, of several as good the first. */
export function chooseByWords(sources: readonly CaptionedSource[], text: string): CaptionedSource {
  const counts = sources.map(({ captions }) => countKnown(captions, text))
  return sources[counts.indexOf(Math.max(...counts))]!
}

function countKnown({ words }: CaptionCondition, text: string): number {
  const known = new Set(words)
  return splitWords(text).filter(word => known.has(word)).length
}

/**
 * The token numbers of a caption.
 * @param name how a message calls it: 'the caption', '--to'
 * @returns them, and what of the caption the generator won't draw, as a line for a person
 * @throws GankitError for a caption without words, and one of which the generator knows none
 */
export function readCaption(
  source: CaptionedSource,
  name: string,
  text: string,
): { readonly tokens: readonly number[]; readonly warning?: string } {
  const { words, length } = source.captions
  const encoded = encodeWords(words, length, text)
  const isKnown = encoded.tokens.some(token => token > 1)
  if (!isKnown) throw refuseCaption(source, name, text, encoded)
  const { unknown, cut } = encoded
  const faults = [
    ...(unknown.length > 0
      ? [
          `${nameSource(source)} has never seen ${listUnknown(unknown)}, and draws ${name === '--to' ? '--to' : 'the caption'} without; it knows words such as ${someWords(source.captions, unknown)} (${wordsCommand(source)} lists all)`,
        ]
      : []),
    ...(cut > 0
      ? [
          `${name} has ${formatCount(length + cut)} words, and ${nameSource(source)} reads the first ${length}`,
        ]
      : []),
  ]
  return { tokens: encoded.tokens, ...(faults.length > 0 && { warning: faults.join('; ') }) }
}

function refuseCaption(
  source: CaptionedSource,
  name: string,
  text: string,
  { unknown }: EncodedWords,
): GankitError {
  const examples = listExamples(source.captions)
  const example = examples.find(example => isHan(example) === isHan(text)) ?? examples[0]
  const such = [
    `words such as ${someWords(source.captions, unknown)}`,
    ...(example === undefined ? [] : [`as in ${quote(example)}`]),
  ].join(', ')
  const got =
    unknown.length === 0
      ? `is ${quote(text)}, which has no words`
      : `is ${quote(text)}, and ${nameSource(source)} knows none of its words`
  return new GankitError(
    'cli',
    'option',
    `${name} ${got}, expected ${such}: ${wordsCommand(source)} lists all ${formatCount(listWords(source.captions).length)}`,
  )
}

/** A caption as a message shows it. */
export function quote(text: string): string {
  const letters = [...text.trim()]
  return `'${letters.length > maxQuoted ? `${letters.slice(0, maxQuoted - 1).join('')}…` : letters.join('')}'`
}

function listUnknown(unknown: readonly string[]): string {
  const named = unknown.slice(0, maxUnknown).map(quote)
  const more = unknown.length - named.length
  if (more > 0) return `${named.join(', ')} and ${formatPlural(more, 'other word')}`
  return named.length === 1 ? named[0]! : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
}

/** Words all over the vocabulary, in the script of the unknown ones where it has that. */
function someWords(captions: CaptionCondition, unknown: readonly string[]): string {
  const all = listWords(captions)
  const wantsHan = unknown.filter(isHan).length * 2 > unknown.length
  // The shortest words of an alphabet say nothing: a, is, of.
  const alike = all.filter(word => (wantsHan ? isHan(word) : !isHan(word) && word.length > 2))
  const words = alike.length > 0 ? alike : all
  const step = Math.max(1, words.length / maxShown)
  const shown = Array.from(
    { length: Math.min(maxShown, words.length) },
    (_, i) => words[Math.floor(i * step)]!,
  )
  return `${shown.join(isHan(shown[0]!) ? '、' : ', ')}${words.length > shown.length ? ' …' : ''}`
}

function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text)
}

/** All words of a vocabulary but the two that are none. */
function listWords({ words }: CaptionCondition): readonly string[] {
  return words.slice(2)
}

function wordsCommand({ source, from }: CaptionedSource): string {
  const name = from.name === undefined ? [] : ['--generator', from.name]
  return `'${formatCommand('draw', '--words', source, ...name)}'`
}

/** A vocabulary in lines, Chinese characters last, two of a terminal's columns each. */
export function describeWords(source: CaptionedSource, columns: number = usualColumns): string {
  const words = listWords(source.captions)
  const others = words.filter(word => !isHan(word))
  const characters = words.filter(isHan)
  const across = Math.max(1, Math.floor(columns / 3))
  const rows = Array.from({ length: Math.ceil(characters.length / across) }, (_, i) =>
    characters.slice(i * across, (i + 1) * across).join(' '),
  )
  return [
    `${formatPlural(words.length, 'word')} of ${nameSource(source)}:`,
    ...wrapText(others.join(' '), columns),
    ...rows,
    '',
  ].join('\n')
}
