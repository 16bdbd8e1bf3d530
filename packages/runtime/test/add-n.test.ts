import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { addInGroups } from '../src/add-n.ts'

await tf.setBackend('cpu')
const stock = tf.getKernel('AddN', 'cpu')

test.each([
  [1, [1]],
  [3, [3]],
  [4, [3, 2]],
  [8, [3, 3, 3, 2]],
])('%i tensors are added in groups of %j, and only the sum is left', (count, expected) => {
  const groups: number[] = []
  const counting: tf.KernelConfig = {
    ...stock,
    kernelFunc(call) {
      groups.push(Object.keys(call.inputs).length)
      return stock.kernelFunc(call)
    },
  }
  const { kernelFunc } = addInGroups(counting, () => 3)
  const tensors = Array.from({ length: count }, (_, i) => tf.tensor1d([i, 2 * i]))
  const backend = tf.backend()
  const before = backend.numDataIds()
  const inputs = tensors as unknown as tf.NamedTensorInfoMap
  const { dataId } = kernelFunc({ inputs, backend, attrs: {} }) as tf.TensorInfo
  const total = (count * (count - 1)) / 2
  expect([...(backend.readSync(dataId) as Float32Array)]).toEqual([total, 2 * total])
  expect(groups).toEqual(expected)
  backend.disposeData(dataId)
  for (const tensor of tensors) tensor.dispose()
  expect(backend.numDataIds()).toBe(before - count)
})
