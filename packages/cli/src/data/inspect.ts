import { relative, resolve, sep } from 'node:path'
import { type Condition, type Dataset, decodeWords, GankitError, sizeOfShape } from '@gankit/core'
import { writeFileAtomic } from '@gankit/core/node'
import { createSampleCheck } from '@gankit/datasets'
import { dataKinds, formatSpec, parseSpec, type Spec } from '@gankit/datasets/node'
import { selectBackend } from '@gankit/runtime/node'
import { drawing, formatJson } from '../terminal/filter.ts'
import { formatCount } from '../terminal/format.ts'
import {
  drawSamplesPicture,
  encodeSamplesPicture,
  type SamplesPicture,
  showPicture,
} from '../terminal/pictures.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { type DataFlags, selectDataOptions } from './flags.ts'
import { openData } from './open.ts'

/** What was typed behind `gankit data inspect`. */
export type InspectDataFlags = DataFlags & { readonly out?: string; readonly json?: boolean }

/** How often something occurs. */
interface Occurrence {
  readonly name: string
  readonly count: number
}

/** What `gankit data inspect --json` prints, beside the path of the grid, null where none was asked for. */
export interface DataFindings {
  readonly spec: string
  readonly size: number
  readonly sampleShape: readonly number[]
  /** Samples that were looked at for all that follows: all of a small dataset, a random part of a large one. */
  readonly looked: number
  readonly classes: readonly Occurrence[] | null
  readonly attributes: readonly { readonly name: string; readonly values: readonly Occurrence[] }[] | null
  /** The size of the captions' vocabulary, and some of them, where there are captions. */
  readonly captions: { readonly vocabulary: number; readonly examples: readonly string[] } | null
  readonly min: number
  readonly max: number
  readonly mean: number
  /** What is odd about the samples, a line each: flat, equal, in a small part of the range. */
  readonly problems: readonly string[]
  readonly skipped: number
  /** Why files were skipped, most frequent first. */
  readonly reasons: readonly Occurrence[]
  readonly samplesPerSecond: number
}

/** Samples that are looked at, in one batch, and as a grid of images. */
const maxLooked = 100_000
const batchSize = 64
const gridCount = 64

/** Opens data, reads them, prints the findings, and saves the grid where a file for it is given. @throws GankitError for bad input */
export async function inspectData(
  given: string,
  { out, json, ...flags }: InspectDataFlags,
  { out: stdout, progress: stream }: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const spec = parseSpec(given)
  checkGrid(spec, out)
  await selectBackend({ backend: 'cpu' })
  const { allowSkipped } = flags
  const context = { stream, signal, ...(allowSkipped && { allowSkipped }) }
  const dataset = await openData(formatSpec(spec), selectDataOptions(flags), context)
  try {
    const { findings, drawn } = await readFindings(formatSpec(spec), dataset, signal)
    if (out !== undefined) await writeFileAtomic(out, encodeSamplesPicture(drawn))
    if (json) stdout.write(formatJson({ ...findings, grid: out ?? null }))
    else {
      const shown = drawn.kind === 'picture' && showPicture(drawn.picture, stdout, { rows: 24 })
      if (shown) stdout.write(drawing(`${shown}\n`))
      stdout.write(`${formatFindings(findings)}grid     ${out ?? 'not saved: --out FILE.png saves it'}\n`)
    }
  } finally {
    await dataset.close?.()
  }
}

/** @throws GankitError where the grid would become one of the pictures that it shows, and be learned from and counted from then on */
function checkGrid({ kind, argument }: Spec, out: string | undefined): void {
  if (out === undefined || argument === undefined || dataKinds[kind].argument !== 'PATH') return
  const below = relative(argument, resolve(out))
  if (below === '..' || below.startsWith(`..${sep}`)) return
  throw new GankitError(
    'cli',
    'option',
    `--out is '${out}', which is in ${argument}, the folder of the data, expected a place beside it: it would be one more picture of them`,
  )
}

/** Reads a dataset once, in random order, up to 100,000 samples. @returns the findings, and a picture of samples */
async function readFindings(
  spec: string,
  dataset: Dataset,
  signal: AbortSignal,
): Promise<{ readonly findings: DataFindings; readonly drawn: SamplesPicture }> {
  const { size, sampleShape, classes, attributes, skipped = [] } = dataset
  const batches = dataset.batches({ size: Math.min(batchSize, size), dropLast: false, epochs: 1 })
  const labels = (classes ?? []).map(name => ({ name, count: 0 }))
  const codes = (attributes ?? []).map(({ name, values }) => ({
    name,
    values: values.map(value => ({ name: value, count: 0 })),
  }))
  const sampleSize = sizeOfShape(sampleShape)
  const shown = Math.min(size, sampleShape.length === 3 ? gridCount : maxLooked)
  const samples = new Float32Array(shown * sampleSize)
  const check = sampleShape.length === 3 ? createSampleCheck(sampleSize) : undefined
  let [looked, min, max, sum, waited] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
  let began = performance.now()
  for await (const next of batches) {
    waited += performance.now() - began
    signal.throwIfAborted()
    const values = await next.samples.data<'float32'>()
    const count = next.samples.shape[0]!
    next.samples.dispose()
    next.condition?.dispose()
    check?.add(values)
    for (const value of values) {
      if (value < min) min = value
      if (value > max) max = value
      sum += value
    }
    for (const label of next.labels ?? []) labels[label]!.count++
    for (const [i, code] of next.attributes?.entries() ?? []) codes[i % codes.length]!.values[code]!.count++
    const room = samples.length - looked * sampleSize
    if (room > 0) samples.set(values.subarray(0, room), looked * sampleSize)
    looked += count
    if (looked >= maxLooked) break
    began = performance.now()
  }
  const findings: DataFindings = {
    spec,
    size,
    sampleShape,
    looked,
    classes: classes ? labels : null,
    attributes: attributes ? codes : null,
    captions: listCaptions(dataset.condition),
    min,
    max,
    mean: sum / (looked * sampleSize),
    problems: check?.findProblems() ?? [],
    skipped: skipped.length,
    reasons: countReasons(skipped.map(({ why }) => why)),
    samplesPerSecond: Math.round(looked / (waited / 1000)),
  }
  return { findings, drawn: drawSamplesPicture({ samples, sampleShape, count: shown }) }
}

/** Captions that are shown. */
const shownCaptions = 5

function listCaptions(condition: Condition | undefined): DataFindings['captions'] {
  if (condition?.kind !== 'tokens' || !condition.words) return null
  const { vocabulary, words, examples = [] } = condition
  return { vocabulary, examples: examples.slice(0, shownCaptions).map(tokens => decodeWords(words, tokens)) }
}

function countReasons(all: readonly string[]): Occurrence[] {
  const counts = new Map<string, number>()
  for (const why of all) counts.set(why, (counts.get(why) ?? 0) + 1)
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count)
}

/** Reasons that are printed, at most. */
const maxReasons = 20

/** The findings for a person. */
function formatFindings(findings: DataFindings): string {
  const { spec, size, sampleShape, looked, classes, attributes, captions, min, max, mean } = findings
  const { problems, skipped, reasons, samplesPerSecond } = findings
  const lines = [
    `data     ${spec}`,
    `size     ${formatCount(size)} samples of ${sampleShape.join('×')}${looked < size ? `, of which ${formatCount(looked)} were looked at` : ''}`,
    `values   ${min.toFixed(3)} to ${max.toFixed(3)}, ${mean.toFixed(3)} on average`,
    ...problems.map(problem => `warning  ${problem}`),
    `speed    ${formatCount(samplesPerSecond)} samples/s`,
  ]
  if (classes) lines.push(`classes  ${formatShares(classes, looked)}`)
  for (const { name, values } of attributes ?? [])
    lines.push(name, `         ${formatShares(values, looked)}`)
  if (captions)
    lines.push(
      `captions of ${formatCount(captions.vocabulary)} words, such as`,
      ...captions.examples.map(text => `         ${text}`),
    )
  lines.push(`skipped  ${formatCount(skipped)}`)
  for (const { name, count } of reasons.slice(0, maxReasons))
    lines.push(`         ${formatCount(count)}: ${name}`)
  return `${lines.join('\n')}\n`
}

function formatShares(occurrences: readonly Occurrence[], total: number): string {
  return occurrences.map(({ name, count }) => `${name} ${((100 * count) / total).toFixed(1)}%`).join(', ')
}
