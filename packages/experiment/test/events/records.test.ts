import { expect, test } from 'vitest'
import { type EventRecord, jsonLines, type StepValues } from '../../src/index.ts'

const values: StepValues = {
  lossD: 1.25,
  lossG: 0.5,
  dReal: 0.75,
  dFake: 0.25,
  gradientD: 1.5,
  gradientG: 2.5,
}

async function linesOf(steps: number, every?: number): Promise<EventRecord[]> {
  const lines: string[] = []
  let reads = 0
  const callback = jsonLines({ write: line => void lines.push(line), ...(every && { every }) })
  await callback({ type: 'start', step: 0, steps })
  for (let step = 1; step <= steps; step++) {
    const read = async () => {
      reads++
      return values
    }
    await callback({ type: 'step', step, steps, images: 4 * step, seconds: step / 8, read })
  }
  const now = { step: steps, steps, images: 4 * steps, trained: 4 * steps, seconds: steps / 8 }
  await callback({ type: 'end', reason: 'done', ...now, values })
  for (const line of lines) expect(line).toMatch(/^[^\n]+\n$/)
  expect(reads, 'figures are read for lines alone').toBe(lines.length - 2)
  return lines.map(line => JSON.parse(line))
}

test('writes the start, every n-th step with its figures, and the end', async () => {
  expect(await linesOf(5, 2)).toEqual([
    { type: 'start', step: 0, steps: 5 },
    { type: 'step', step: 2, steps: 5, images: 8, seconds: 0.25, ...values },
    { type: 'step', step: 4, steps: 5, images: 16, seconds: 0.5, ...values },
    { type: 'end', reason: 'done', step: 5, steps: 5, images: 20, trained: 20, seconds: 0.625, ...values },
  ])
})

test('every 50 steps unless told otherwise', async () => {
  expect((await linesOf(120)).map(({ type, step }) => `${type} ${step}`)).toEqual([
    'start 0',
    'step 50',
    'step 100',
    'end 120',
  ])
})

test('a run of no step has an end without figures', async () => {
  const lines: string[] = []
  const callback = jsonLines({ write: line => void lines.push(line) })
  await callback({ type: 'end', reason: 'aborted', step: 3, steps: 9, images: 12, trained: 0, seconds: 0 })
  expect(JSON.parse(lines[0]!)).toEqual({
    type: 'end',
    reason: 'aborted',
    step: 3,
    steps: 9,
    images: 12,
    trained: 0,
    seconds: 0,
  })
})

test('waits for what is written, and passes on its failure', async () => {
  const callback = jsonLines({ write: () => Promise.reject(new Error('full')) })
  await expect(callback({ type: 'start', step: 0, steps: 1 })).rejects.toThrow('full')
})

test.each([0, -1, 1.5, Number.NaN])('every %d is refused', every => {
  expect(() => jsonLines({ write: () => {}, every })).toThrow(
    `every is ${every}, expected a whole number from 1`,
  )
})
