import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import { GankitError, type Generator, type Skipped } from '@gankit/core'
import { writeFileAtomic } from '@gankit/core/node'
import { resizePicture } from '@gankit/datasets'
import { readWholePictures, type WholePicture } from '@gankit/datasets/node'
import {
  describeSizes,
  type TranslatedPicture,
  type TranslateOptions,
  translatePicture,
} from '@gankit/inference'
import { encodePng, type Picture, samplePictures } from '@gankit/visualization'
import { drawing } from '../terminal/filter.ts'
import { readEnding } from '../terminal/flags.ts'
import { formatCount, formatPlural } from '../terminal/format.ts'
import { showPicture } from '../terminal/pictures.ts'
import { shareLine } from '../terminal/progress-line.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { openSource, type SourceOptions } from './find.ts'
import { checkNewFolder } from './new-folder.ts'
import { describeSkipped } from './skipped-pictures.ts'

/** What was typed behind `gankit translate`. */
export interface TranslateFlags extends SourceOptions {
  readonly out: string
  readonly by?: 'whole' | 'tiles'
  readonly overlap?: number
  readonly seed?: number
}

/**
 * Turns pictures into others and writes them as PNGs.
 * @throws GankitError for bad input, and where some of the files are no pictures, once those of the others are written
 */
export async function translatePictures(
  name: string,
  paths: readonly string[],
  { out, by, overlap, seed, ...which }: TranslateFlags,
  { out: stdout, progress }: Terminal,
): Promise<void> {
  const missing = paths.find(path => !existsSync(path))
  if (missing !== undefined)
    throw new GankitError(
      'cli',
      'file',
      `${missing} does not exist, expected a picture, or a folder or zip of pictures`,
    )
  const isFile = readEnding(out) === '.png'
  if (!isFile) await checkNewFolder('--out', out, 'a .png file for one picture, or a new or empty folder')
  if (overlap !== undefined && by === 'whole')
    throw new GankitError(
      'cli',
      'option',
      '--overlap is given with --by whole, expected --by tiles: leave one of them out',
    )
  const { source, generator } = await openSource(name, which)
  const line = shareLine(progress, true)
  try {
    if (seed !== undefined && !generator.noise)
      throw new GankitError(
        'cli',
        'option',
        `--seed is ${seed}, and the generator of ${source} has no noise: it makes the same of a picture each time; leave it out`,
      )
    const { input, scale } = describeSizes(generator)
    const way = by ?? (overlap === undefined && seesWhole(generator) ? 'whole' : 'tiles')
    const skipped: Skipped[] = []
    const written: string[] = []
    const name = createNames()
    let first: Picture | undefined
    for (const path of paths)
      for await (const picture of readWholePictures(path, input[2] as 1 | 3, one => skipped.push(one))) {
        if (isFile && written.length > 0)
          throw new GankitError(
            'cli',
            'option',
            `--out is ${out}, and there are several pictures, expected a folder: --out pictures`,
          )
        let tiles = 1
        const report = (done: number) => {
          const share = tiles > 1 ? `, ${formatCount(done)} of ${formatCount(tiles)} tiles` : ''
          const isWorthLines = progress.isTTY || tiles >= minLoggedTiles
          if (isWorthLines) line.show(`Picture ${formatCount(written.length + 1)}${share}`, done / tiles)
        }
        const made = await translateOne(generator, picture, way, {
          ...(seed !== undefined && { seed }),
          onTiles(done, total) {
            tiles = total
            report(done)
          },
          ...(overlap !== undefined && { overlap }),
        })
        report(tiles)
        first ??= made
        const file = isFile ? out : join(out, name(picture.name))
        // Whether a single file will do is known when there is no other picture.
        if (!isFile) await writeFileAtomic(file, encodePng(made))
        written.push(file)
      }
    line.end()
    const lacking = describeSkipped(skipped)
    if (!first) throw new GankitError('cli', 'data', `${lacking}, expected pictures: nothing was written`)
    if (isFile) await writeFileAtomic(out, encodePng(first))
    const shown = showPicture(first, stdout)
    if (shown) stdout.write(drawing(`${shown}\n\n`))
    const size = `${input[1]}×${input[0]}`
    const how = way === 'whole' ? `each seen whole, at ${size}` : `in tiles of ${size}`
    const grown = scale > 1 ? `, ${scale} times as large` : ''
    stdout.write(
      `${formatPlural(written.length, 'picture')} by ${source}, ${how}${grown}: ${written[0]}${written.length > 1 ? ' …' : ''}\n`,
    )
    // A script has to hear of it, too.
    if (lacking)
      throw new GankitError(
        'cli',
        'data',
        `${lacking}, expected pictures alone: ${written.length > 1 ? `the other ${formatCount(written.length)} are written` : 'the other one is written'}`,
      )
  } finally {
    line.end()
    generator.dispose()
  }
}

/** Tiles of a picture that takes long enough for lines in a log, one for each tenth. */
const minLoggedTiles = 1000

/** The least side of a layer's output in a network that still sees places, in pixels. */
const minPlaces = 4

/** Whether a network squeezes its input to so few pixels that it sees all of it at once, as a U-Net does. */
function seesWhole({ model }: Generator): boolean {
  const sides = model.layers.flatMap(({ outputShape }) => {
    const shape = outputShape as (number | null)[]
    return shape.length === 4
      ? [Math.min(shape[1] ?? Number.POSITIVE_INFINITY, shape[2] ?? Number.POSITIVE_INFINITY)]
      : []
  })
  return Math.min(...sides) <= minPlaces
}

/** A picture of the size of the one that went in, or as many times as large as the generator makes them. */
async function translateOne(
  generator: Generator,
  { pixels }: WholePicture,
  way: 'whole' | 'tiles',
  options: TranslateOptions,
): Promise<Picture> {
  const { input, scale } = describeSizes(generator)
  const squeezed =
    way === 'tiles'
      ? pixels.data
      : resizePicture(pixels, { height: input[0], width: input[1], resize: 'lanczos3' })
  const [height, width] = way === 'tiles' ? [pixels.height, pixels.width] : input
  const values = Float32Array.from(squeezed, level => level / 127.5 - 1)
  const given: TranslatedPicture = { values, shape: [height, width, input[2]] }
  const { values: samples, shape: sampleShape } = await translatePicture(generator, given, options)
  const [picture] = samplePictures({ samples, sampleShape }) as [Picture]
  if (way === 'tiles') return picture
  const size = { width: pixels.width * scale, height: pixels.height * scale }
  return {
    ...picture,
    ...size,
    data: new Uint8Array(resizePicture(picture, { ...size, resize: 'lanczos3' })),
  }
}

/** Bytes of a file name without its ending, at most: a file system has 255 for all of it, and a file that is written needs some. */
const maxNameBytes = 200

/**
 * Names of their own in a folder: each that of its picture, with a number where another one has it already. Capital letters make no
 * difference, as on most laptops, and what is too long for a file system is cut.
 */
function createNames(): (picture: string) => string {
  const taken = new Set<string>()
  return picture => {
    const stem = cutName(picture.slice(0, picture.length - extname(picture).length).replaceAll('/', '-'))
    let candidate = stem
    for (let i = 2; taken.has(candidate.toLowerCase()); i++) candidate = `${stem}-${i}`
    taken.add(candidate.toLowerCase())
    return `${candidate}.png`
  }
}

/** The beginning of a name, whole characters of at most `maxNameBytes`. */
function cutName(name: string): string {
  let [cut, bytes] = ['', 0]
  for (const character of name) {
    bytes += Buffer.byteLength(character)
    if (bytes > maxNameBytes) break
    cut += character
  }
  return cut
}
