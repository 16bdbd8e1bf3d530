import { GankitError } from '@gankit/core'
import { writeFileAtomic } from '@gankit/core/node'
import { hasApp } from '@gankit/experiment/node'
import { drawBetween, drawInputs, sample } from '@gankit/inference'
import { encodeGif, encodePng } from '@gankit/visualization'
import { drawing } from '../terminal/filter.ts'
import { blameFlag } from '../terminal/flag-names.ts'
import { readEnding } from '../terminal/flags.ts'
import { formatPlural } from '../terminal/format.ts'
import {
  checkImages,
  drawSamplesPicture,
  encodeSamplesPicture,
  previewSamples,
  showPicture,
} from '../terminal/pictures.ts'
import type { Terminal } from '../terminal/terminal.ts'
import {
  type CaptionedSource,
  chooseByWords,
  describeWords,
  nameSource,
  quote,
  readCaption,
  requireCaptions,
} from './captions.ts'
import { openSources, type SourceOptions } from './find.ts'
import { drawFrames, drawRows } from './frames.ts'

/** What was typed behind `gankit draw`. */
export interface DrawFlags extends SourceOptions {
  readonly out?: string
  readonly count?: number
  readonly seed: number
  /** Another caption. */
  readonly to?: string
  readonly frames?: number
  /** The source whose words are listed in place of a drawing, true for the one that is named beside the caption. */
  readonly words?: string | boolean
}

/** The app whose generators draw where none is named. */
const usualSource = 'text-to-image'
/** Drawings of one caption, and rows between two captions. */
const usualCounts = { alone: 9, between: 4 }
/** Drawings from one caption to another, by the ending of the file. */
const usualFrames: Readonly<Record<string, number>> = { '.png': 8, '.gif': 24 }
/** Milliseconds of a frame of an animation. */
const delay = 80

/** Draws what a caption says, or goes from one caption to another. @throws GankitError for bad input; nothing is written then */
export async function drawCaption(
  caption: string | undefined,
  name: string | undefined,
  { out, words, count, seed, to, frames, ...which }: DrawFlags,
  terminal: Terminal,
): Promise<void> {
  if (words !== undefined) return listWords(words, name, which, terminal)
  if (caption === undefined)
    throw new GankitError(
      'cli',
      'option',
      `got no caption, expected what is to be drawn, in words: gankit draw 'curly red hair and round glasses' --out face.png`,
    )
  const file = checkOut(out, to, frames)
  const opened = await openSources(name ?? requireUsual(), which)
  try {
    const source = chooseByWords(requireCaptions(opened), to === undefined ? caption : `${caption} ${to}`)
    checkImages(source.source, source.generator.sampleShape, 'a drawing')
    const read = (name: string, text: string) => {
      const { tokens, warning } = readCaption(source, name, text)
      if (warning !== undefined) terminal.progress.write(`Warning  ${warning}\n`)
      return tokens
    }
    const from = read('the caption', caption)
    if (to === undefined)
      await drawOne(
        source,
        { caption, tokens: from, count: count ?? usualCounts.alone, seed, file },
        terminal,
      )
    else {
      const path = { from, to: read('--to', to), count: count ?? usualCounts.between }
      await drawPath(
        source,
        { ...path, frames: frames ?? usualFrames[readEnding(file)]!, seed, file },
        [caption, to],
        terminal,
      )
    }
  } finally {
    for (const { generator } of opened) generator.dispose()
  }
}

/** @throws GankitError where the app that draws unless another generator is named isn't installed */
function requireUsual(): string {
  if (hasApp(usualSource)) return usualSource
  throw new GankitError(
    'cli',
    'option',
    `no generator is named, and the app ${usualSource} is not installed, expected one of these: npm install @gankit/${usualSource}, or name a run or a folder with a model.json`,
  )
}

/** @throws GankitError where there is no file, or one that only goes with another caption */
function checkOut(out: string | undefined, to: string | undefined, frames: number | undefined): string {
  const fault =
    out === undefined
      ? 'got no --out, expected a file: --out drawings.png'
      : to !== undefined
        ? undefined
        : readEnding(out) === '.gif'
          ? `--out is '${out}', an animation, expected --to with another caption beside it, or a file name that ends in .png`
          : frames !== undefined
            ? `--frames is ${frames}, and there is one caption, expected --to with another one: leave it out`
            : undefined
  if (fault === undefined) return out!
  throw new GankitError('cli', 'option', fault)
}

interface Drawing {
  readonly seed: number
  readonly count: number
  readonly file: string
}

async function drawOne(
  source: CaptionedSource,
  {
    caption,
    tokens,
    count,
    seed,
    file,
  }: Drawing & { readonly caption: string; readonly tokens: readonly number[] },
  { out }: Terminal,
): Promise<void> {
  const { generator } = source
  const condition = Int32Array.from({ length: count * tokens.length }, (_, i) => tokens[i % tokens.length]!)
  const drawn = drawSamplesPicture(
    await sample(generator, drawInputs(generator, count, seed, { condition }), { seed }),
  )
  await writeFileAtomic(file, encodeSamplesPicture(drawn))
  out.write(drawing(previewSamples(drawn, out)))
  out.write(
    `${formatPlural(count, 'drawing')} of ${quote(caption)} by ${nameSource(source)}, seed ${seed}: ${file}\n`,
  )
}

async function drawPath(
  source: CaptionedSource,
  { seed, file, ...path }: Drawing & Parameters<typeof drawBetween>[1],
  captions: readonly string[],
  { out }: Terminal,
): Promise<void> {
  const frames = await drawBetween(source.generator, path, seed)
  const row = drawRows(frames)
  const isAnimation = readEnding(file) === '.gif'
  // There and back, so that it goes on without a jump.
  const turning = [...frames, ...frames.slice(1, -1).reverse()]
  await writeFileAtomic(file, isAnimation ? encodeGif(drawFrames(turning), { delay }) : encodePng(row))
  const shown = isAnimation ? '' : showPicture(row, out)
  if (shown) out.write(drawing(`${shown}\n\n`))
  const way = `${path.frames} drawings from ${captions.map(quote).join(' to ')}`
  out.write(
    `${formatPlural(path.count, isAnimation ? 'tile' : 'row')} of ${way} by ${nameSource(source)}, seed ${seed}: ${file}\n`,
  )
}

/** @param flag what stands behind --words: a source, or true for one that is named elsewhere */
async function listWords(
  flag: string | boolean,
  name: string | undefined,
  which: SourceOptions,
  { out }: Terminal,
): Promise<void> {
  const opened =
    typeof flag === 'string'
      ? await blameFlag('--words', flag, () => openSources(flag, which))
      : await openSources(name ?? requireUsual(), which)
  for (const { generator } of opened) generator.dispose()
  out.write(
    requireCaptions(opened)
      .map(source => describeWords(source, out.columns))
      .join('\n'),
  )
}
