import { type Dataset, GankitError } from '@gankit/core'
import { type DataOptions, formatSpec, parseSpec } from '@gankit/datasets/node'
import { keepKnown } from '../data/choose.ts'
import { type DataFlags, selectDataOptions } from '../data/flags.ts'
import { openData } from '../data/open.ts'
import { findGenerator, type SourceOptions } from '../generator/find.ts'
import { blameFlag } from '../terminal/flag-names.ts'
import { chooseSize, describeResizing, fitPictures, type Resizing } from './resizing.ts'
import { createPicturesTarget, type EvaluationTarget, openGeneratorTarget } from './target.ts'

/** What was typed behind `gankit evaluate`. */
export type EvaluateFlags = DataFlags &
  SourceOptions & {
    readonly against?: string
    readonly metrics?: readonly string[]
    readonly count?: number
    readonly seeds: number
    readonly seed: number
    readonly extractor?: string
    readonly layer?: string
    readonly range?: readonly [number, number]
    readonly neighbors?: string
    readonly segmenter?: string
    readonly backend?: string
    readonly threads?: number
    readonly json?: boolean
  }

/** Real samples, and their spec with an absolute path. */
interface RealData {
  readonly dataset: Dataset
  readonly spec: string
  readonly options: DataOptions
  /** Opens the same data with some options changed. */
  reopen(changed: DataOptions): Promise<Dataset>
}

/** What is evaluated, and the real samples that it is compared with. */
export interface Compared {
  readonly target: EvaluationTarget
  readonly real: RealData
  /** What was done to pictures that had another size. */
  readonly resizing?: Resizing
}

/**
 * Opens the target and the real samples, with samples of one shape where pictures can be made to have it.
 * @throws GankitError where either can't be opened, where nobody said what the real samples are, and for other shapes
 */
export async function openCompared(
  source: string,
  flags: EvaluateFlags,
  stream: NodeJS.WriteStream,
  signal: AbortSignal,
): Promise<Compared> {
  const open = (spec: string, usual: DataOptions = {}) => openReal(spec, usual, flags, stream, signal)
  if (flags.against !== undefined)
    await blameFlag('--against', flags.against, () => parseSpec(flags.against!))
  const found = await findGenerator(source, flags)
  if (!found) checkSpec(source)
  const target = found && (await openGeneratorTarget(source, found, { stream, signal }))
  const against = flags.against ?? target?.learnedFrom?.spec
  if (against === undefined) {
    await target?.close()
    throw new GankitError(
      'cli',
      'option',
      `nothing says which real samples ${source} is to be compared with: name them with --against, such as --against embedded or --against folder:PATH`,
    )
  }
  const compared = target ? await openBeside(target) : await openPictures()
  try {
    const { sampleShape } = compared.real.dataset
    checkSameShape(compared.target.sampleShape, sampleShape, compared.real.spec)
    const resizing = await describeResizing(target ? undefined : source, against, sampleShape)
    return { ...compared, ...(resizing && { resizing }) }
  } catch (error) {
    await closeCompared(compared)
    throw error
  }

  async function openBeside(target: EvaluationTarget): Promise<Compared> {
    const usual = flags.against === undefined ? target.learnedFrom!.options : fitPictures(target.sampleShape)
    try {
      return { target, real: await open(against!, usual) }
    } catch (error) {
      await target.close()
      throw error
    }
  }

  async function openPictures(): Promise<Compared> {
    const real = await open(against!, await chooseSize(source, against!, flags))
    try {
      const { dataset } = await open(source, fitPictures(real.dataset.sampleShape))
      return { target: createPicturesTarget(source, dataset), real }
    } catch (error) {
      await real.dataset.close?.()
      throw error
    }
  }
}

/** Closes both. */
export async function closeCompared({ target, real }: Compared): Promise<void> {
  await target.close()
  await real.dataset.close?.()
}

/** Opens data with the options that their kind has: other flags may be meant for the other dataset. */
async function openReal(
  text: string,
  usual: DataOptions,
  flags: EvaluateFlags,
  stream: NodeJS.WriteStream,
  signal: AbortSignal,
): Promise<RealData> {
  const parsed = parseSpec(text)
  // A picture that is mirrored at random is another one each time.
  const { flip, ...options } = keepKnown(parsed.kind, { ...usual, ...selectDataOptions(flags) })
  const { allowSkipped } = flags
  const context = { stream, signal, ...(allowSkipped && { allowSkipped }) }
  const spec = formatSpec(parsed)
  const reopen = (changed: DataOptions) => openData(spec, { ...options, ...changed }, context)
  return { dataset: await reopen({}), spec, options, reopen }
}

/** @throws GankitError for what is neither a generator nor data */
function checkSpec(source: string): void {
  try {
    parseSpec(source)
  } catch (error) {
    if (error instanceof GankitError)
      error.message = error.message.replace(
        /\] data is .*?, expected /,
        `] '${source}' is no run, model or app, and no data, expected one of these; as data `,
      )
    throw error
  }
}

function checkSameShape(target: readonly number[], real: readonly number[], spec: string): void {
  if (String(target) === String(real)) return
  throw new GankitError(
    'cli',
    'data',
    `a fake has the shape ${target.join('×')} and a sample of ${spec} ${real.join('×')}, expected one shape: name the data that the generator learned from with --against, and --size and --channels where they are pictures`,
  )
}
