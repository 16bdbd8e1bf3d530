import { existsSync } from 'node:fs'
import { type DataOptions, dataKinds, dataOptions, parseSpec, readPictureSizes } from '@gankit/datasets/node'
import { openModelShape } from './extractor.ts'

/** How pictures were brought to one size before features were taken of them: values of other ways don't compare. */
export interface Resizing {
  /** [height, width] at which they are compared. */
  readonly size: readonly [height: number, width: number]
  readonly kernel: string
  readonly antialiased: boolean
  /** The sizes of the pictures as they are, such as '28×28' or '60×80 to 480×640', height first; null where no picture was resized. */
  readonly fakes: string | null
  readonly real: string | null
  /** Of which some pictures were smaller, and so lack the detail that others of this size have. */
  readonly enlarged: readonly ('fakes' | 'real')[]
}

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * The size at which two folders of pictures are compared, unless `--size` says: that of the extractor where it takes one
 * only, else the smaller of the two, so that no picture is enlarged, and no more than the usual size of data.
 */
export async function chooseSize(
  source: string,
  against: string,
  flags: DataOptions & { readonly extractor?: string },
): Promise<DataOptions> {
  if (flags.size !== undefined || !hasSize(against)) return {}
  const shape = flags.extractor === undefined ? undefined : await openModelShape(flags.extractor)
  if (shape) return fitPictures(shape)
  const middles = (await Promise.all([source, against].map(readSizes))).map(findMiddle)
  if (middles.some(size => size === undefined)) return {}
  const [fakes, real] = middles as [Size, Size]
  const { width, height } = fakes.width * fakes.height < real.width * real.height ? fakes : real
  const scale = Math.min(1, (dataOptions.size.default as number) / Math.max(width, height))
  return { size: [Math.max(1, Math.round(height * scale)), Math.max(1, Math.round(width * scale))] }
}

/** Options that give pictures a shape. */
export function fitPictures([height, width, channels]: readonly number[]): DataOptions {
  if (width === undefined) return {}
  return {
    size: height === width ? width : [height!, width],
    ...((channels === 1 || channels === 3) && { channels }),
  }
}

/**
 * What was done to pictures of these specs to bring them to a shape.
 * @param fakes the spec of pictures that are evaluated; undefined for a generator
 * @returns undefined where nothing was resized
 */
export async function describeResizing(
  fakes: string | undefined,
  real: string,
  [height, width]: readonly number[],
): Promise<Resizing | undefined> {
  const described: Record<'fakes' | 'real', string | null> = { fakes: null, real: null }
  const enlarged: ('fakes' | 'real')[] = []
  for (const [name, spec] of [
    ['fakes', fakes],
    ['real', real],
  ] as const) {
    const sizes = spec === undefined ? [] : await readSizes(spec)
    if (sizes.every(size => size.width === width && size.height === height)) continue
    described[name] = formatSizes(sizes)
    if (sizes.some(size => size.width < width! || size.height < height!)) enlarged.push(name)
  }
  if (described.fakes === null && described.real === null) return undefined
  const kernel = dataOptions.resize.default
  return { size: [height!, width!], kernel, antialiased: kernel !== 'nearest', ...described, enlarged }
}

/** What was done to pictures, for a person. */
export function formatResizing({ size, kernel, fakes, real, enlarged }: Resizing): string {
  const which = [
    ...(fakes === null ? [] : [`fakes of ${fakes}`]),
    ...(real === null ? [] : [`real pictures of ${real}`]),
  ].join(' and ')
  const warning =
    enlarged.length > 0
      ? `; some ${enlarged.map(name => (name === 'real' ? 'real pictures' : name)).join(' and ')} were enlarged and lack detail, which every metric sees: a smaller --size avoids that`
      : ''
  return `${which} were resized to ${size.join('×')} (${kernel}, antialiased)${warning}`
}

const hasSize = (spec: string): boolean => dataKinds[parseSpec(spec).kind].options.includes('size')

/** The sizes of pictures in files, the smallest first; none for other data. */
async function readSizes(spec: string): Promise<Size[]> {
  const { kind, argument = '' } = parseSpec(spec)
  return kind === 'folder' && existsSync(argument) ? readPictureSizes(argument) : []
}

const findMiddle = (sizes: readonly Size[]): Size | undefined => sizes[Math.floor(sizes.length / 2)]

function formatSizes(sizes: readonly Size[]): string {
  const [first, last] = [sizes[0]!, sizes.at(-1)!].map(({ width, height }) => `${height}×${width}`)
  return first === last ? first! : `${first} to ${last}`
}
