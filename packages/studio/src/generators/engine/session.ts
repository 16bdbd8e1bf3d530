import { conditionSize, GankitError } from '@gankit/core'
import {
  describeSizes,
  drawInputs,
  drawNoise,
  type InputNumbers,
  openGenerator,
  type SavedGenerator,
  sample,
  setConditions,
  translatePicture,
} from '@gankit/inference'
import { makeGray, readNumbers, snapToColors } from '@gankit/inference/page/drawing/pixels.js'
// Layers that saved generators name.
import '@gankit/layers'
import { encodeGif, tileGrid } from '@gankit/visualization'
import { varyNoise } from '../latents.ts'
import type { Given, Input, LabelShare, Pixels, Result, TaskName, TranslateGiven } from '../protocol.ts'
import { startBackend } from './backend.ts'
import { findDirections } from './directions.ts'
import { openPicture } from './picture-file.ts'
import { toPixels } from './pixels.ts'

/** Tells how far a task is, and lets messages in. @throws Canceled where the task was called off */
export type Report = (done: number, total: number) => Promise<void>

/** Nobody waits for the task any more. */
export class Canceled extends Error {}

type Handlers = {
  readonly [Name in TaskName]: (given: Given<Name>, report: Report) => Promise<Result<Name>>
}

const generators = new Map<string, SavedGenerator>()

function findGenerator(name: string): SavedGenerator {
  const generator = generators.get(name)
  if (generator) return generator
  throw new GankitError(
    'studio',
    'option',
    `${name} is not open, expected a generator that is: open it first`,
  )
}

const handlers: Handlers = {
  async start() {
    return startBackend()
  },
  async open({ name, files }) {
    const backend = await startBackend()
    const generator = generators.get(name) ?? (await openGenerator(files))
    generators.set(name, generator)
    const { model, dispose: _, ...description } = generator
    return { name, description, backend, weights: model.countParams() }
  },
  async drawInputs({ name, count, seed, attributes }) {
    const generator = findGenerator(name)
    const inputs = drawInputs(generator, count, seed)
    if (Object.keys(attributes).length > 0) setConditions(inputs, generator, attributes)
    return splitInputs(inputs)
  },
  async varyInput({ name, input, count, seed, distance }) {
    const { noise } = findGenerator(name)
    const fresh = splitRows(drawNoise({ noise: noise! }, count - 1, seed), count - 1)
    const varied = fresh.map(row => ({
      noise: varyNoise(noise!, input.noise, row, distance),
      condition: input.condition,
    }))
    return [input, ...varied]
  },
  async sample({ name, inputs }) {
    return toPixels(await sample(findGenerator(name), joinInputs(findGenerator(name), inputs)))
  },
  async findDirections({ name, count }) {
    return findDirections(findGenerator(name), count)
  },
  async animate({ name, inputs, scale }, report) {
    const generator = findGenerator(name)
    const frames = []
    for (const [i, input] of inputs.entries()) {
      const { samples, sampleShape } = await sample(generator, joinInputs(generator, [input]))
      frames.push(tileGrid({ samples: samples as Float32Array, sampleShape, scale }))
      await report(i + 1, inputs.length)
    }
    return encodeGif(frames, { delay: 60 })
  },
  async openPicture({ file, fit }) {
    return openPicture(file, fit)
  },
  translate,
  async drawExample({ kind, at }) {
    const { drawExample } = await import('./examples.ts')
    return drawExample(kind, at)
  },
  async listLabels() {
    return (await import('./examples.ts')).listLabels()
  },
}

async function translate(
  { name, pixels, seed, isLabelMap }: TranslateGiven,
  report: Report,
): Promise<Result<'translate'>> {
  const generator = findGenerator(name)
  const { input } = describeSizes(generator)
  const { width, height } = pixels
  if (input[2] === 1) makeGray(pixels.data)
  const made = await translatePicture(
    generator,
    { values: readNumbers(pixels.data, input[2]), shape: [height, width, input[2]] },
    { seed, onTiles: report },
  )
  const [picture] = toPixels({ samples: made.values, sampleShape: made.shape })
  if (!isLabelMap) return { pixels: picture!, labels: [] }
  const { listAllLabels } = await import('./examples.ts')
  return { pixels: picture!, labels: countLabels(picture!, listAllLabels()) }
}

/** Gives each pixel a label's own color, which at the edges of tiles may be a mixture, and counts them. */
function countLabels({ data }: Pixels, labels: readonly Omit<LabelShare, 'share'>[]): LabelShare[] {
  snapToColors(
    data,
    labels.map(({ color }) => [...color]),
  )
  const counts = new Map<number, number>()
  const key = (red: number, green: number, blue: number) => (red << 16) | (green << 8) | blue
  for (let at = 0; at < data.length; at += 4) {
    const color = key(data[at]!, data[at + 1]!, data[at + 2]!)
    counts.set(color, (counts.get(color) ?? 0) + 1)
  }
  return labels
    .map(label => ({ ...label, share: (4 * (counts.get(key(...label.color)) ?? 0)) / data.length }))
    .filter(({ share }) => share > 0)
}

function splitInputs({ noise, condition, count }: InputNumbers): Input[] {
  const noises = noise ? splitRows(noise, count) : []
  const conditions = condition ? splitRows(condition as Float32Array, count) : []
  return Array.from({ length: count }, (_, i) => ({
    noise: noises[i] ?? new Float32Array(),
    condition: conditions[i] ?? new Float32Array(),
  }))
}

function splitRows(numbers: Float32Array, count: number): Float32Array[] {
  const size = numbers.length / count
  return Array.from({ length: count }, (_, i) => numbers.slice(i * size, (i + 1) * size))
}

function joinInputs({ noise, condition }: SavedGenerator, inputs: readonly Input[]): InputNumbers {
  const join = (rows: readonly Float32Array[], size: number) => {
    const all = new Float32Array(rows.length * size)
    for (const [i, row] of rows.entries()) all.set(row, i * size)
    return all
  }
  return {
    count: inputs.length,
    ...(noise && {
      noise: join(
        inputs.map(input => input.noise),
        noise.size,
      ),
    }), // prettier-ignore
    ...(condition && {
      condition: join(
        inputs.map(input => input.condition),
        conditionSize(condition),
      ),
    }),
  }
}

/** Does one of the worker's tasks. @throws Error in one line */
export function runTask(task: TaskName, given: unknown, report: Report): Promise<unknown> {
  return handlers[task](given as never, report)
}
