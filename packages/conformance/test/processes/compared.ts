import { runTrainingKernel, type TrainingKernel } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { draw } from '../../src/suite/draw.ts'

export interface Compared {
  readonly name: string
  /** The worst difference over the largest number expected, at least 1; null where a number isn't one. */
  readonly off: number | null
  /** Whether a program of gankit computed the outputs. */
  readonly ours: boolean
  /** Tensors and buffers that were left behind. */
  readonly left: number
}

export type Values = readonly [numbers: ArrayLike<number>, shape: readonly number[]]
export type Inputs = Readonly<Record<string, Values>>
export type Attributes = Readonly<Record<string, unknown>>

export const drawn = (purpose: string, shape: readonly number[]): Values => [draw(purpose, shape), shape]

interface WebgpuBackend {
  readonly device: EventTarget
  numDataIds(): number
  runWebGPUProgram(program: { readonly shaderKey: string }, ...rest: unknown[]): unknown
}

/** Errors of the driver from now on. A call that fails throws nothing, and leaves its output's memory as it was. */
export function collectDriverErrors(): readonly string[] {
  const driverErrors: string[] = []
  const { device } = tf.backend() as unknown as WebgpuBackend
  device.addEventListener('uncapturederror', event =>
    driverErrors.push((event as unknown as { error: Error }).error.message),
  )
  return driverErrors
}

/** Compares kernels of the WebGPU backend, which is to be the backend of tfjs, with others. */
export function createComparison(): {
  readonly driverErrors: readonly string[]
  /** @param reference the outputs expected; those of the cpu backend where it isn't given */
  compare(
    name: string,
    kernel: string,
    inputs: Inputs,
    attributes: Attributes,
    reference?: readonly ArrayLike<number>[],
  ): Promise<Compared>
} {
  const backend = tf.backend() as unknown as WebgpuBackend
  const driverErrors = collectDriverErrors()
  let programs: string[] = []
  const run = backend.runWebGPUProgram
  backend.runWebGPUProgram = (program, ...rest) => {
    programs.push(program.shaderKey)
    return run.call(backend, program, ...rest)
  }
  return {
    driverErrors,
    async compare(name, kernel, inputs, attributes, reference) {
      await tf.setBackend('cpu')
      const expected = reference ?? (await outputs(kernel, inputs, attributes))
      await tf.setBackend('webgpu')
      const count = () => tf.memory().numTensors + backend.numDataIds()
      const before = count()
      programs = []
      const found = await outputs(kernel, inputs, attributes)
      const ours = programs.some(key => key.startsWith('gankit'))
      const offs = expected.map((numbers, i) => distance(numbers, found[i]!))
      return { name, off: Math.max(...offs), ours, left: count() - before }
    },
  }
}

async function outputs(kernel: string, inputs: Inputs, attributes: Attributes): Promise<Float32Array[]> {
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, [numbers, shape]]) => [
      name,
      tf.tensor(Float32Array.from(numbers), [...shape]),
    ]),
  )
  const results = runTrainingKernel(kernel as TrainingKernel, tensors, attributes as Record<string, number>)
  const numbers = await Promise.all(results.map(result => result.data<'float32'>()))
  tf.dispose([...results, ...Object.values(tensors)])
  return numbers
}

/** JSON turns infinity, which stands for what can't be compared, into null. */
function distance(expected: ArrayLike<number>, found: ArrayLike<number>): number {
  const numbers = Array.from(expected)
  if (numbers.length !== found.length) return Number.POSITIVE_INFINITY
  const scale = numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 1)
  const worst = numbers.reduce((most, x, i) => {
    const difference = Math.abs(x - found[i]!) / scale
    return difference <= most ? most : Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference
  }, 0)
  return worst
}
