import type * as tf from '@tensorflow/tfjs-core'

/**
 * Runs a stock AddN on groups of inputs, none larger than the backend can bind; the sum of one group is an input of the
 * next. Intermediate sums are disposed of.
 * @param maxInputs the most inputs that a backend can bind at once
 */
export function addInGroups(
  stock: tf.KernelConfig,
  maxInputs: (backend: unknown) => number,
): tf.KernelConfig {
  return {
    ...stock,
    kernelFunc(call) {
      const backend = call.backend as { disposeData(dataId: object): unknown }
      const add = (tensors: tf.TensorInfo[]) =>
        stock.kernelFunc({
          ...call,
          inputs: tensors as unknown as tf.NamedTensorInfoMap,
        }) as tf.TensorInfo
      const atOnce = maxInputs(backend)
      let remaining = Object.values(call.inputs) as tf.TensorInfo[]
      const sums: tf.TensorInfo[] = []
      while (remaining.length > atOnce) {
        const sum = add(remaining.slice(0, atOnce))
        sums.push(sum)
        remaining = [sum, ...remaining.slice(atOnce)]
      }
      const total = add(remaining)
      for (const { dataId } of sums) backend.disposeData(dataId)
      return total
    },
  }
}
