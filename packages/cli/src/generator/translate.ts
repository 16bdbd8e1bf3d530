import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import { GankitError, type Generator, type Skipped } from '@gankit/core'
import { writeFileAtomic } from '@gankit/core/node'
import { resizePicture } from '@gankit/datasets'
import { readWholePictures, type WholePicture } from '@gankit/datasets/node'
import { describeSizes, type TranslatedPicture, translatePicture } from '@gankit/inference'
import { encodePng, type Picture, samplePictures } from '@gankit/visualization'
import { drawing } from '../terminal/filter.ts'
import { formatPlural } from '../terminal/format.ts'
import { showPicture } from '../terminal/pictures.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { openSource, type SourceOptions } from './find.ts'
import { checkNewFolder } from './new-folder.ts'

/** What was typed behind `gankit translate`. */
export interface TranslateFlags extends SourceOptions {
  readonly out: string
  readonly by?: 'whole' | 'tiles'
  readonly overlap?: number
  readonly seed: number
}

/** Files that gave no picture and are named; the others are counted. */
const maxNamed = 5

/**
 * Turns pictures into others and writes them as PNGs.
 * @throws GankitError for bad input, and where none of the files is a picture
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
  const isFile = extname(out).toLowerCase() === '.png'
  if (!isFile) await checkNewFolder('--out', out)
  if (overlap !== undefined && by === 'whole')
    throw new GankitError(
      'cli',
      'option',
      '--overlap is given with --by whole, expected --by tiles: leave one of them out',
    )
  const { source, generator } = await openSource(name, which)
  try {
    const { input, scale } = describeSizes(generator)
    const way = by ?? (overlap === undefined && seesWhole(generator) ? 'whole' : 'tiles')
    const skipped: Skipped[] = []
    const written: string[] = []
    let first: Picture | undefined
    for (const path of paths)
      for await (const picture of readWholePictures(path, input[2] as 1 | 3, one => skipped.push(one))) {
        if (isFile && written.length > 0)
          throw new GankitError(
            'cli',
            'option',
            `--out is ${out}, and there are several pictures, expected a folder: --out pictures`,
          )
        const made = await translateOne(generator, picture, way, {
          seed,
          ...(overlap !== undefined && { overlap }),
        })
        first ??= made
        const file = isFile ? out : join(out, nameFile(picture.name, written))
        // Whether a single file will do is known when there is no other picture.
        if (!isFile) await writeFileAtomic(file, encodePng(made))
        written.push(file)
      }
    if (isFile && first) await writeFileAtomic(out, encodePng(first))
    const shown = first && showPicture(first, stdout)
    if (shown) stdout.write(drawing(`${shown}\n\n`))
    warnOfSkipped(skipped, written.length, progress)
    const size = `${input[1]}×${input[0]}`
    const how = way === 'whole' ? `each seen whole, at ${size}` : `in tiles of ${size}`
    const grown = scale > 1 ? `, ${scale} times as large` : ''
    stdout.write(
      `${formatPlural(written.length, 'picture')} by ${source}, ${how}${grown}: ${written[0]}${written.length > 1 ? ' …' : ''}\n`,
    )
  } finally {
    generator.dispose()
  }
}

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
  options: { readonly seed: number; readonly overlap?: number },
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

/** A name of its own in the folder: that of the picture, with a number where two pictures have the same one. */
function nameFile(name: string, written: readonly string[]): string {
  const stem = name.replaceAll('/', '-').slice(0, name.length - extname(name).length)
  const isTaken = (candidate: string) => written.some(file => file.endsWith(`${candidate}.png`))
  let candidate = stem
  for (let i = 2; isTaken(candidate); i++) candidate = `${stem}-${i}`
  return `${candidate}.png`
}

/** @throws GankitError where nothing could be written */
function warnOfSkipped(skipped: readonly Skipped[], written: number, stream: NodeJS.WriteStream): void {
  if (skipped.length === 0) return
  const named = skipped.slice(0, maxNamed).map(({ name, why }) => `${name} ${why}`)
  const more = skipped.length > maxNamed ? `; and ${skipped.length - maxNamed} more` : ''
  const what = `${formatPlural(skipped.length, 'file')} gave no picture (${named.join('; ')}${more})`
  if (written === 0) throw new GankitError('cli', 'data', `${what}, expected pictures: nothing was written`)
  stream.write(`Warning  ${what}\n`)
}
