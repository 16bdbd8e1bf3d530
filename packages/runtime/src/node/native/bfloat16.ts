import type * as tf from '@tensorflow/tfjs-core'
import { bfloat16, float32, type Handle, type NativeBackend, type } from './backend.ts'

/**
 * The bfloat16 side of tensors that tfjs takes for float32. A result in bfloat16 is cast to float32 only when a kernel
 * reads it so, which no kernel does between two convolutions. A float32 tensor, such as a weight, is cast to bfloat16 once,
 * and the copy kept as long as the tensor lives.
 */
export interface Bfloat16Tensors {
  /** Whether x was computed in bfloat16. */
  has(x: tf.TensorInfo): boolean
  /** The id of x in bfloat16. */
  id(x: tf.TensorInfo): number
  /** A tensor of tfjs around one in bfloat16, which the tensor of tfjs then owns. */
  adopt(handle: Handle): tf.Tensor
}

interface Bfloat16Side {
  readonly id: number
  /** Whether the tensor was computed in bfloat16, and float32 is the copy. */
  readonly isOriginal: boolean
  isDisposing: boolean
}

const known = new WeakMap<NativeBackend, Bfloat16Tensors>()

export function getBfloat16Tensors(backend: NativeBackend): Bfloat16Tensors {
  const made = known.get(backend) ?? create(backend)
  known.set(backend, made)
  return made
}

function create(backend: NativeBackend): Bfloat16Tensors {
  const sides = new WeakMap<object, Bfloat16Side>()
  const cast = (id: number, from: number, to: number): number =>
    backend.binding.executeOp('Cast', [type('SrcT', from), type('DstT', to)], [id], 1)[0]!.id

  const dispose = backend.disposeData
  backend.disposeData = function (dataId, force) {
    const side = sides.get(dataId)
    if (!side) return dispose.call(this, dataId, force)
    side.isDisposing = true
    const gone = dispose.call(this, dataId, force)
    side.isDisposing = false
    if (gone && sides.delete(dataId)) backend.binding.deleteTensor(side.id)
    return gone
  }

  return {
    has: ({ dataId }) => sides.get(dataId)?.isOriginal ?? false,
    id(x) {
      const side = sides.get(x.dataId)
      if (side) return side.id
      const id = cast(backend.getInputTensorIds([x])[0]!, float32, bfloat16)
      sides.set(x.dataId, { id, isOriginal: false, isDisposing: false })
      return id
    },
    adopt({ id, shape }) {
      const tensor = backend.createOutputTensor({ id: -1, shape, dtype: float32 })
      const side: Bfloat16Side = { id, isOriginal: true, isDisposing: false }
      sides.set(tensor.dataId, side)
      let copy = -1
      Object.defineProperty(backend.tensorMap.get(tensor.dataId), 'id', {
        get() {
          // tfjs-node reads the id to delete the tensor: no reason to make a copy.
          if (copy < 0 && !side.isDisposing) copy = cast(id, bfloat16, float32)
          return copy
        },
      })
      return tensor
    },
  }
}
