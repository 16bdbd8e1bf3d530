import type * as tf from '@tensorflow/tfjs-core'
import { stockKernels } from '../../stock-kernels.ts'
import { type Constants, getConstants } from './constants.ts'

/** A tensor inside TensorFlow, as tfjs-node's binding describes it. */
export interface Handle {
  readonly id: number
  readonly shape: number[]
  /** TensorFlow's number for the type. */
  readonly dtype: number
}

export interface Attribute {
  readonly name: string
  readonly type: number
  readonly value: unknown
}

/** What gankit uses of tfjs-node's backend, which runs any operation of TensorFlow by name. */
export interface NativeBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: {
    executeOp(
      name: string,
      attributes: readonly Attribute[],
      inputs: readonly number[],
      outputs: number,
    ): Handle[]
    createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number
    deleteTensor(id: number): void
    tensorDataSync(id: number): Float32Array
  }
  readonly tensorMap: { get(dataId: object): { id: number } }
  refCount(dataId: object): number
  incRef(dataId: object): void
  disposeData(dataId: object, force?: boolean): boolean
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[]
  /** A tensor of tfjs around one of TensorFlow, which the tensor of tfjs then owns. */
  createOutputTensor(handle: Handle): tf.Tensor
}

/** The kernel that tfjs-node registered under this name. */
export const stockKernel: (name: string) => tf.KernelConfig = stockKernels(
  'tensorflow',
  'start tfjs-node 4.22',
)

// TF_DataType of TensorFlow's C interface.
export const float32 = 1
export const int32 = 3
export const bfloat16 = 14

// TF_AttrType of TensorFlow's C interface.
export const text = (name: string, value: string): Attribute => ({ name, type: 0, value })
export const whole = (name: string, value: number | readonly number[]): Attribute => ({
  name,
  type: 1,
  value,
})
export const real = (name: string, value: number): Attribute => ({ name, type: 2, value })
export const flag = (name: string, value: boolean): Attribute => ({ name, type: 3, value })
export const type = (name: string, value: number): Attribute => ({ name, type: 4, value })
export const shape = (name: string, value: readonly number[]): Attribute => ({ name, type: 5, value })

/** Runs operations, and at the end deletes every tensor that was not taken out. */
export class Scope {
  private readonly backend: NativeBackend
  private readonly constants: Constants
  private readonly ids: number[] = []

  constructor(backend: unknown) {
    this.backend = backend as NativeBackend
    this.constants = getConstants(this.backend.binding)
  }

  /** The ids of tensors of tfjs, which keeps owning them. */
  inputs(...tensors: readonly tf.TensorInfo[]): number[] {
    return this.backend.getInputTensorIds(tensors)
  }

  /** The id of a vector of whole numbers, such as a shape or axes. */
  integers(values: readonly number[]): number {
    return this.constants.id([values.length], int32, Int32Array.from(values))
  }

  scalar(value: number): number {
    return this.constants.id([], float32, Float32Array.of(value))
  }

  /** @param dtype type to which the numbers are cast */
  tensor(shape: readonly number[], values: Float32Array, dtype: number): number {
    const id = this.backend.binding.createTensor(shape, float32, values)
    this.ids.push(id)
    return dtype === float32 ? id : this.cast(id, float32, dtype).id
  }

  cast(id: number, from: number, to: number): Handle {
    return this.run('Cast', [type('SrcT', from), type('DstT', to)], [id])[0]!
  }

  read(id: number): Float32Array {
    return this.backend.binding.tensorDataSync(id)
  }

  /** The id of an empty tensor, for inputs that an operation doesn't read. */
  nothing(): number {
    return this.constants.id([0], float32, new Float32Array(0))
  }

  run(name: string, attributes: readonly Attribute[], inputs: readonly number[], outputs = 1): Handle[] {
    const handles = this.backend.binding.executeOp(name, attributes, inputs, outputs)
    for (const { id } of handles) this.ids.push(id)
    return handles
  }

  reshape(id: number, to: readonly number[], dtype: number): Handle {
    return this.run('Reshape', [type('T', dtype), type('Tshape', int32)], [id, this.integers(to)])[0]!
  }

  /** Takes a result out of the scope as a tensor of tfjs. */
  take(handle: Handle): tf.Tensor {
    return this.backend.createOutputTensor(this.release(handle))
  }

  /** Takes a result out of the scope; the caller owns it. */
  release(handle: Handle): Handle {
    this.ids.splice(this.ids.indexOf(handle.id), 1)
    return handle
  }

  end(): void {
    for (const id of this.ids) this.backend.binding.deleteTensor(id)
    this.ids.length = 0
  }
}

/** Runs `f` with a new scope, which ends afterwards. */
export function inScope<T>(backend: unknown, f: (scope: Scope) => T): T {
  const scope = new Scope(backend)
  try {
    return f(scope)
  } finally {
    scope.end()
  }
}
