import { expect, test } from 'vitest'
import { findSoftwareDriver, isChromiumRequired } from '../src/browser/chromium.ts'
import type { Compared } from './processes/compared.ts'
import { type Ended, run } from './processes.ts'

// WebGPU in Node, on the driver without a GPU that Chromium brings.
const driver = findSoftwareDriver()
const isSkipped = !(driver || isChromiumRequired())
const withDriver = test.skipIf(isSkipped)
const note = isSkipped ? ' (left out: no Chromium with SwiftShader, a driver without a GPU)' : ''

function resultOf({ code, value, stderr }: Ended): unknown {
  expect(code, stderr).toBe(0)
  return value
}

withDriver(`the suite passes on WebGPU in Node${note}`, { timeout: 620_000 }, async () => {
  const results = resultOf(await run('webgpu.ts', [], driver ?? {}, 600))
  expect(results).toMatchObject({
    backend: 'webgpu',
    failed: [],
    driverErrors: [],
    reason: expect.stringContaining('SwiftShader'),
  })
  expect((results as { passed: number }).passed).toBeGreaterThan(50)
})

withDriver(
  `the training kernels compute what cpu does, and leave nothing${note}`,
  {
    timeout: 320_000,
  },
  async () => {
    const { results, driverErrors } = resultOf(await run('webgpu-kernels.ts', [], driver ?? {}, 300)) as {
      results: Compared[]
      driverErrors: string[]
    }
    expect(driverErrors).toEqual([])
    expect(results.filter(({ off }) => off === null || off > 1e-5)).toEqual([])
    expect(results.filter(({ left }) => left !== 0)).toEqual([])
    // Only images with their channels first are left to tfjs, and sums that it gets in groups.
    expect(results.filter(({ ours }) => !ours).every(({ name }) => /NCHW|AddN/.test(name))).toBe(true)
    expect(results.filter(({ ours }) => ours).length).toBeGreaterThan(100)
  },
)

withDriver(`a guard that looks late goes back to the last good state${note}`, async () => {
  const { events, hashes, ...rest } = resultOf(await run('late-guard.ts', [], driver ?? {}, 170)) as {
    events: string[]
    hashes: string[]
  }
  expect(events).toEqual([
    ...['start 0', 'step 1', 'step 2', 'step 3', 'step 4', 'step 5', 'step 6', 'rollback 6'],
    ...['step 5', 'step 6', 'step 7', 'step 8', 'end 8'],
  ])
  expect(new Set(hashes).size).toBe(1)
  expect(rest).toEqual({ finite: true, driverErrors: [] })
})

withDriver(`a driver without a GPU is taken by name alone, and the process ends${note}`, async () => {
  expect(resultOf(await run('select.ts', ['webgpu'], driver ?? {}, 150))).toMatchObject({
    backend: 'webgpu',
    reason: expect.stringMatching(/^WebGPU on SwiftShader .*, which computes on the processor/),
  })
  const choice = resultOf(await run('select.ts', ['auto'], driver ?? {}, 150)) as { backend: string }
  expect(choice.backend).not.toBe('webgpu')
  expect(choice).toMatchObject({
    refused: expect.arrayContaining([
      { backend: 'webgpu', why: expect.stringMatching(/^no GPU answers, only SwiftShader/) },
    ]),
  })
})

test('a driver that is missing is refused in words, and nothing is printed', async () => {
  const ended = await run('select.ts', ['webgpu'], { VK_DRIVER_FILES: '/nowhere.json' }, 150)
  expect(resultOf(ended)).toMatchObject({
    error: expect.stringMatching(
      /^\[gankit\/runtime\] backend 'webgpu' could not be started: webgpu \(no adapter answers/,
    ),
  })
  expect(ended.stderr).toBe('')
})

test('a flag that Dawn does not know is refused in words', async () => {
  const ended = await run('select.ts', ['webgpu'], { GANKIT_DAWN: 'backend=none' }, 150)
  expect(resultOf(ended)).toMatchObject({
    error: expect.stringContaining(
      "webgpu does not load with GANKIT_DAWN='backend=none': unrecognised backend 'none'",
    ),
  })
})
