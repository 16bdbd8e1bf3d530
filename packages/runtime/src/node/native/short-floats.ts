import type * as tf from '@tensorflow/tfjs-core'
import { bfloat16, float32, type Handle, type NativeBackend, type } from './backend.ts'

/**
 * The bfloat16 side of tensors that tfjs takes for float32. What a kernel computed in bfloat16 is cast to float32 when
 * somebody asks for that, which between two convolutions nobody does. What is float32, such as a weight, is cast to
 * bfloat16 once, and kept so as long as the tensor lives.
 */
export interface ShortFloats {
  /** Whether x was computed in bfloat16. */
  has(x: tf.TensorInfo): boolean
  /** x in bfloat16. */
  id(x: tf.TensorInfo): number
  /** A tensor of tfjs around one of bfloat16, which it owns from then on. */
  adopt(handle: Handle): tf.Tensor
}

interface Short {
  readonly id: number
  /** Whether float32 is the copy. */
  readonly first: boolean
  leaving: boolean
}

const known = new WeakMap<NativeBackend, ShortFloats>()

export function shortFloatsOf(backend: NativeBackend): ShortFloats {
  const made = known.get(backend) ?? create(backend)
  known.set(backend, made)
  return made
}

function create(backend: NativeBackend): ShortFloats {
  const shorts = new WeakMap<object, Short>()
  const cast = (id: number, from: number, to: number): number =>
    backend.binding.executeOp('Cast', [type('SrcT', from), type('DstT', to)], [id], 1)[0]!.id

  const dispose = backend.disposeData
  backend.disposeData = function (dataId, force) {
    const short = shorts.get(dataId)
    if (!short) return dispose.call(this, dataId, force)
    short.leaving = true
    const gone = dispose.call(this, dataId, force)
    short.leaving = false
    if (gone && shorts.delete(dataId)) backend.binding.deleteTensor(short.id)
    return gone
  }

  return {
    has: ({ dataId }) => shorts.get(dataId)?.first ?? false,
    id(x) {
      const short = shorts.get(x.dataId)
      if (short) return short.id
      const id = cast(backend.getInputTensorIds([x])[0]!, float32, bfloat16)
      shorts.set(x.dataId, { id, first: false, leaving: false })
      return id
    },
    adopt({ id, shape }) {
      const tensor = backend.createOutputTensor({ id: -1, shape, dtype: float32 })
      const short: Short = { id, first: true, leaving: false }
      shorts.set(tensor.dataId, short)
      let copy = -1
      Object.defineProperty(backend.tensorMap.get(tensor.dataId), 'id', {
        get() {
          // tfjs-node asks for the id to delete it: that is no reason to make it.
          if (copy < 0 && !short.leaving) copy = cast(id, bfloat16, float32)
          return copy
        },
      })
      return tensor
    },
  }
}
