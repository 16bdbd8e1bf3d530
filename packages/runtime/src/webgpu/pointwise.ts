import * as tf from '@tensorflow/tfjs-core'
import { type Backend, flatten, type Input, type Program, type Uniforms } from './kernels.ts'

/** A function of the numbers at one place of several tensors, and of numbers for the place's column. */
export interface Pointwise {
  readonly name: string
  readonly inputs: readonly string[]
  /** Fields of the uniforms, as WGSL declares them; each is filled with one entry of `uniforms`. */
  readonly fields: string
  /** WGSL statements that end in `return`; `index` is the place, and the inputs are arrays. */
  readonly body: string
}

/** Runs a pointwise function for every number of the result. @returns a new tensor of this shape */
export function runPointwise(
  backend: Backend,
  { name, inputs: variableNames, fields, body }: Pointwise,
  inputs: readonly Input[],
  shape: number[],
  uniforms: Uniforms,
): Input {
  const size = tf.util.sizeFromShape(shape)
  const program: Program = {
    variableNames: [...variableNames],
    uniforms: fields,
    outputShape: [size],
    size: true,
    workgroupSize: [64, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(size / 64), 1, 1],
    shaderKey: `gankit${name}`,
    getUserCode: () => `
  fn numberAt(index : i32) -> f32 {
    ${body}
  }

  fn main(index : i32) {
    if (index < uniforms.size) { result[index] = numberAt(index); }
  }
`,
  }
  return { ...backend.runWebGPUProgram(program, inputs.map(flatten), 'float32', uniforms), shape }
}
