import type * as tf from '@tensorflow/tfjs-core'

/**
 * A stock AddN that is given no more inputs at a time than the backend can bind, their sum taking part in the next
 * time. What is made on the way goes as soon as it is used.
 */
export function addInGroups(stock: tf.KernelConfig, most: (backend: unknown) => number): tf.KernelConfig {
  return {
    ...stock,
    kernelFunc(call) {
      const backend = call.backend as { disposeData(dataId: object): unknown }
      const add = (tensors: tf.TensorInfo[]) =>
        stock.kernelFunc({
          ...call,
          inputs: tensors as unknown as tf.NamedTensorInfoMap,
        }) as tf.TensorInfo
      const atOnce = most(backend)
      let rest = Object.values(call.inputs) as tf.TensorInfo[]
      const sums: tf.TensorInfo[] = []
      while (rest.length > atOnce) {
        const sum = add(rest.slice(0, atOnce))
        sums.push(sum)
        rest = [sum, ...rest.slice(atOnce)]
      }
      const total = add(rest)
      for (const { dataId } of sums) backend.disposeData(dataId)
      return total
    },
  }
}
