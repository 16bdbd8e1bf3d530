import { selectBackend } from '@gankit/runtime/node'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { cases } from '../src/suite/index.ts'

await selectBackend({ backend: 'cpu' })
const all = cases()

/** Names of the cases among those that fail, and what they say, while a kernel of 'cpu' is spoilt. */
async function failing(
  kernelName: string,
  spoil: (output: tf.TensorInfo) => void,
  among: string,
): Promise<string[]> {
  const kernel = tf.getKernel(kernelName, 'cpu')
  tf.unregisterKernel(kernelName, 'cpu')
  tf.registerKernel({
    ...kernel,
    kernelFunc(call) {
      const output = kernel.kernelFunc(call) as tf.TensorInfo
      spoil(output)
      return output
    },
  })
  const messages: string[] = []
  for (const one of all.filter(({ name }) => name.includes(among)))
    await one.run().catch((error: Error) => messages.push(error.message))
  tf.unregisterKernel(kernelName, 'cpu')
  tf.registerKernel(kernel)
  return messages
}

const offByLittle = ({ dataId }: tf.TensorInfo) => {
  const values = tf.engine().backend.readSync(dataId) as Float32Array
  values[values.length - 1]! += 1e-3 * values.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
}

test.each([
  ['Conv2D', 'kernel 4, stride 2', 'the output of shape'],
  ['Conv2DBackpropInput', 'kernel 4, stride 2', 'the gradient of x of shape'],
  ['Conv2DBackpropFilter', 'kernel 4, stride 2', 'the gradient of the filter of shape'],
  ['BatchMatMul', 'matMul 3×7×33', 'the product of shape'],
  ['Tanh', 'tanh', 'the output of shape'],
  ['Sqrt', 'Adam on [7]', 'the weight of shape'],
  ['Rsqrt', 'batch norm of rows', 'the output of shape'],
  ['ResizeNearestNeighbor', 'nearest neighbours, 2', 'the output of shape'],
])('one number of %s that is off by a thousandth is found', async (kernel, among, what) => {
  const messages = await failing(kernel, offByLittle, among)
  expect(messages.length).toBeGreaterThan(0)
  expect(messages.some(message => message.includes(what))).toBe(true)
  for (const message of messages) expect(message).toMatch(/on cpu: .* off by .*, allowed/)
})

test('a number that is none is found', async () => {
  const spoil = ({ dataId }: tf.TensorInfo) => {
    ;(tf.engine().backend.readSync(dataId) as Float32Array)[0] = Number.NaN
  }
  const [message] = await failing('Softplus', spoil, 'softplus')
  expect(message).toContain('is NaN at 0')
})

test('a tensor left behind is found', async () => {
  const spoil = () => {
    tf.keep(tf.scalar(1))
  }
  const [message] = await failing('Elu', spoil, 'elu: output')
  expect(message).toMatch(/\d tensors left behind, expected 0/)
})

test('all pass where nothing is spoilt, so the cases above fail for their reason', async () => {
  for (const among of ['kernel 4, stride 2', 'softplus', 'elu: output', 'Adam on [7]'])
    for (const one of all.filter(({ name }) => name.includes(among))) await one.run()
})

test('shorter lists are parts of the full one, and leave no operation out', () => {
  const names = new Set(all.map(({ name }) => name))
  expect(names.size).toBe(all.length)
  const operation = (name: string) =>
    name.match(/^[^\d,:[]*/)![0].replace(/ of (one|many|images|rows|seq).*/, '')
  const operations = new Set(all.map(({ name }) => operation(name)))
  const [short, few] = [cases({ size: 'short' }), cases({ size: 'few' })]
  for (const list of [short, few]) {
    for (const { name } of list) expect(names).toContain(name)
    expect(new Set(list.map(({ name }) => operation(name)))).toEqual(operations)
  }
  expect(short.length).toBeLessThan(all.length / 1.5)
  expect(few.length).toBeLessThan(short.length)
})

test('the full list has every window, and 1 to 130 channels', () => {
  const windows = all
    .map(({ name }) => name.match(/^conv2d, (kernel \d, stride \d, '\w+')/)?.[1])
    .filter(Boolean)
  expect(new Set(windows).size).toBe(7 * 3 * 2)
  for (const channels of ['1 to 130', '130 to 1 ', '130 to 130', '1 to 1 ', '33 to 64'])
    expect(all.some(({ name }) => name.includes(`, ${channels}`))).toBe(true)
})
