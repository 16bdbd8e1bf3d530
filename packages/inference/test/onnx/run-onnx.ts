import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { conditionSize, type Generator, randomStream } from '@gankit/core'
import * as ort from 'onnxruntime-web'
import { expect } from 'vitest'
import { exportOnnx, type InputNumbers, type OnnxOptions, sample } from '../../src/index.ts'

ort.env.wasm.numThreads = 1
// It warns of constants that it folds.
ort.env.logLevel = 'error'

export interface Numbers {
  readonly values: Float32Array | Int32Array
  /** As ONNX has them. */
  readonly shape: readonly number[]
}

/** What another implementation makes of a file and its inputs, by name. */
export async function runOnnx(
  bytes: Uint8Array,
  inputs: Readonly<Record<string, Numbers>>,
): Promise<Record<string, Numbers>> {
  const session = await ort.InferenceSession.create(bytes)
  try {
    const feeds = Object.entries(inputs).map(([name, { values, shape }]) => [
      name,
      values instanceof Int32Array
        ? new ort.Tensor('int32', values, shape)
        : new ort.Tensor('float32', values, shape),
    ])
    const results = await session.run(Object.fromEntries(feeds))
    return Object.fromEntries(
      Object.entries(results).map(([name, { data, dims }]) => [
        name,
        { values: data as Float32Array, shape: dims },
      ]),
    )
  } finally {
    await session.release()
  }
}

/** Images with the axes of a sample in ONNX's order, or in ours. */
export function reorder(
  values: ArrayLike<number>,
  shape: readonly number[],
  to: 'first' | 'last',
): Float32Array {
  const [n, height, width, channels] = shape as [number, number, number, number]
  const moved = new Float32Array(values.length)
  for (let i = 0; i < n; i++)
    for (let p = 0; p < height * width; p++)
      for (let c = 0; c < channels; c++) {
        const last = (i * height * width + p) * channels + c
        const first = (i * channels + c) * height * width + p
        if (to === 'first') moved[first] = values[last]!
        else moved[last] = values[first]!
      }
  return moved
}

/** Seeded inputs of a generator, as ours and as ONNX has them. */
export function drawInputs(
  generator: Generator,
  count: number,
): { readonly ours: InputNumbers; readonly theirs: Readonly<Record<string, Numbers>> } {
  const random = randomStream(4, 'test/onnx')
  const { noise, condition } = generator
  const one = condition?.kind === 'image' ? condition.shape : undefined
  const length = condition ? conditionSize(condition) : 0
  const ours = {
    count,
    ...(noise && { noise: random.normal(count * noise.size) }),
    ...(condition && {
      condition:
        condition.kind === 'tokens'
          ? Int32Array.from(random.uniform(count * length, 0, condition.vocabulary), Math.floor)
          : random.uniform(count * length, -1, 1),
    }),
  }
  const theirs: Record<string, Numbers> = {
    ...(noise && { noise: { values: ours.noise!, shape: [count, noise.size] } }),
    ...(condition && {
      condition: one
        ? {
            values: reorder(ours.condition!, [count, ...one], 'first'),
            shape: [count, one[2]!, one[0]!, one[1]!],
          }
        : { values: ours.condition!, shape: [count, length] },
    }),
  }
  return { ours, theirs }
}

/**
 * Writes a file with its inputs and the samples that TensorFlow.js makes into the folder that the variable GANKIT_ONNX_FOLDER names:
 * check_onnx.py beside this one reads it with onnx and onnxruntime of Python. Without the variable nothing is written.
 */
function keepForPython(
  bytes: Uint8Array,
  inputs: Readonly<Record<string, Numbers>>,
  samples: readonly number[],
  sampleShape: readonly number[],
): void {
  const folder = process.env['GANKIT_ONNX_FOLDER']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  const name = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  writeFileSync(join(folder, `${name}.onnx`), bytes)
  const listed = Object.entries(inputs).map(([key, { values, shape }]) => [
    key,
    { values: [...values], shape, type: values instanceof Int32Array ? 'int32' : 'float32' },
  ])
  writeFileSync(
    join(folder, `${name}.json`),
    JSON.stringify({ inputs: Object.fromEntries(listed), samples, sampleShape }),
  )
}

/** Checks that onnxruntime makes the same samples as TensorFlow.js. @returns the file */
export async function expectSame(
  generator: Generator,
  { count = 3, tolerance = 1e-4, ...options }: OnnxOptions & { count?: number; tolerance?: number } = {},
): Promise<Uint8Array> {
  const { ours, theirs } = drawInputs(generator, count)
  const expected = await sample(generator, ours)
  const bytes = await exportOnnx(generator, options)
  keepForPython(bytes, theirs, [...expected.samples], generator.sampleShape)
  const { samples } = await runOnnx(bytes, theirs)
  const shape = [count, ...generator.sampleShape]
  const isImage = shape.length === 4
  expect(samples!.shape).toEqual(isImage ? [count, shape[3], shape[1], shape[2]] : shape)
  const got = isImage ? reorder(samples!.values, shape, 'last') : samples!.values
  let worst = 0
  for (const [i, value] of got.entries()) worst = Math.max(worst, Math.abs(value - expected.samples[i]!))
  expect(worst).toBeLessThan(tolerance)
  // A net that gives one number everywhere would agree with many a fault.
  expect(new Set(got.map(value => Math.round(value * 1e3))).size).toBeGreaterThan(3)
  return bytes
}
