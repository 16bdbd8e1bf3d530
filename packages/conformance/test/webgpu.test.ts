import { expect, test } from 'vitest'
import { isChromiumRequired } from '../src/browser/chromium.ts'
import { softwareDriver } from '../src/browser/software-driver.ts'
import type { Compared } from './processes/compared.ts'
import { type Ended, run } from './processes.ts'

// WebGPU in Node, on the driver without a GPU that Chromium brings.
const driver = softwareDriver()
const leftOut = !(driver || isChromiumRequired())
const withDriver = test.skipIf(leftOut)
const note = leftOut ? ' (left out: no Chromium with SwiftShader, a driver without a GPU)' : ''

function resultOf({ code, value, stderr }: Ended): unknown {
  expect(code, stderr).toBe(0)
  return value
}

withDriver(`the suite passes on WebGPU in Node${note}`, { timeout: 300_000 }, async () => {
  const results = resultOf(await run('webgpu.ts', [], driver ?? {}, 290))
  expect(results).toMatchObject({
    backend: 'webgpu',
    failed: [],
    reason: expect.stringContaining('SwiftShader'),
  })
  expect((results as { passed: number }).passed).toBeGreaterThan(50)
})

withDriver(
  `the training kernels compute what cpu does, and leave nothing${note}`,
  {
    timeout: 120_000,
  },
  async () => {
    const { results, refused } = resultOf(await run('webgpu-kernels.ts', [], driver ?? {}, 110)) as {
      results: Compared[]
      refused: string[]
    }
    expect(refused).toEqual([])
    expect(results.filter(({ off }) => off === null || off > 1e-5)).toEqual([])
    expect(results.filter(({ left }) => left !== 0)).toEqual([])
    // Only images with their channels first are left to tfjs.
    expect(results.filter(({ ours }) => !ours).every(({ name }) => name.includes('NCHW'))).toBe(true)
    expect(results.filter(({ ours }) => ours).length).toBeGreaterThan(100)
  },
)

withDriver(`a driver without a GPU is taken by name alone, and the process ends${note}`, async () => {
  expect(resultOf(await run('select.ts', ['webgpu'], driver ?? {}, 40))).toMatchObject({
    backend: 'webgpu',
    reason: expect.stringMatching(/^WebGPU on SwiftShader .*, which computes on the processor/),
  })
  const choice = resultOf(await run('select.ts', ['auto'], driver ?? {}, 40)) as { backend: string }
  expect(choice.backend).not.toBe('webgpu')
  expect(choice).toMatchObject({
    refused: expect.arrayContaining([
      { backend: 'webgpu', why: expect.stringMatching(/^no GPU answers, only SwiftShader/) },
    ]),
  })
})

test('a driver that is missing is refused in words, and nothing is printed', async () => {
  const ended = await run('select.ts', ['webgpu'], { VK_DRIVER_FILES: '/nowhere.json' }, 40)
  expect(resultOf(ended)).toMatchObject({
    error: expect.stringMatching(
      /^\[gankit\/runtime\] backend 'webgpu' could not be started: webgpu \(no adapter answers/,
    ),
  })
  expect(ended.stderr).toBe('')
})
