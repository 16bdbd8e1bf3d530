import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { mnist } from '../src/index.ts'
import { sha256, zlibBase64 } from '../src/mnist-digits.data.ts'
import { conformsToDataset } from './conformance.ts'

conformsToDataset('embedded MNIST', mnist)

describe('the embedded digits', () => {
  const bytes = new Uint8Array(10_000 * 784)
  const labels = new Uint8Array(10_000)

  // Read back through the dataset, so that the way from bytes to numbers is checked too.
  beforeAll(async () => {
    const batches = (await mnist()).batches({ size: 2500, shuffle: false, epochs: 1 })
    let at = 0
    for await (const batch of batches) {
      const values = batch.samples.dataSync()
      for (let i = 0; i < values.length; i++) bytes[at * 784 + i] = Math.round((values[i]! + 1) * 127.5)
      labels.set(batch.labels!, at)
      at += batch.samples.shape[0]!
      batch.samples.dispose()
    }
  })

  test('are the bytes of the source, by their SHA-256', () => {
    expect(createHash('sha256').update(bytes).update(labels).digest('hex')).toBe(sha256)
  })

  test('have the class counts of the first 10,000 training images of MNIST', () => {
    const counts = Array.from({ length: 10 }, (_, digit) => labels.filter(label => label === digit).length)
    expect(counts).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978])
  })

  test('have nearly the published mean and deviation of MNIST, 0.1307 and 0.3081', () => {
    let [sum, squares] = [0, 0]
    for (const byte of bytes) {
      sum += byte / 255
      squares += (byte / 255) ** 2
    }
    const mean = sum / bytes.length
    expect(Math.abs(mean - 0.1307)).toBeLessThan(0.001)
    expect(Math.abs(Math.sqrt(squares / bytes.length - mean ** 2) - 0.3081)).toBeLessThan(0.001)
  })

  test('are all different, and not in the order of their classes', () => {
    const images = Array.from({ length: 10_000 }, (_, i) =>
      Buffer.from(bytes.subarray(i * 784, (i + 1) * 784)).toString('latin1'),
    )
    expect(new Set(images).size).toBe(10_000)
    expect(new Set(labels.subarray(0, 100)).size).toBe(10)
  })
})

test('damaged digits are noticed', async () => {
  const middle = zlibBase64.length / 2
  const flipped = zlibBase64[middle] === 'A' ? 'B' : 'A'
  const damaged = zlibBase64.slice(0, middle) + flipped + zlibBase64.slice(middle + 1)
  vi.doMock('../src/mnist-digits.data.ts', () => ({ zlibBase64: damaged, sha256 }))
  vi.resetModules()
  const { mnist: fresh } = await import('../src/mnist.ts')
  await expect(fresh()).rejects.toThrow('[gankit/datasets] embedded digits are damaged')
  vi.doUnmock('../src/mnist-digits.data.ts')
})
