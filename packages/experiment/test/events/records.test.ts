import type { ScalarValues } from '@gankit/trainer'
import { expect, test } from 'vitest'
import { type EventRecord, eventLines, parseEvents } from '../../src/index.ts'

const values: ScalarValues = { 'discriminator/loss': 1.25, 'generator/loss': 0.5, 'judge/reward': -2 }
const scalars = [{ name: 'judge/reward', label: 'judge', chart: 'reward', equilibrium: 1 }]

async function linesOf(steps: number, every?: number): Promise<EventRecord[]> {
  const lines: string[] = []
  let reads = 0
  const callback = eventLines({ write: line => void lines.push(line), ...(every && { every }) })
  await callback({ type: 'start', step: 0, steps, scalars })
  for (let step = 1; step <= steps; step++) {
    const read = async () => {
      reads++
      return values
    }
    await callback({ type: 'step', step, steps, samplesSeen: 4 * step, seconds: step / 8, read })
  }
  const now = { step: steps, steps, samplesSeen: 4 * steps, trained: 4 * steps, seconds: steps / 8 }
  await callback({ type: 'end', reason: 'done', ...now, values })
  for (const line of lines) expect(line).toMatch(/^[^\n]+\n$/)
  expect(reads, 'scalars are read for lines alone').toBe(lines.length - 2)
  return lines.map(line => JSON.parse(line))
}

test('writes the start, the first steps and every n-th step with its scalars, and the end', async () => {
  expect(await linesOf(5, 2)).toEqual([
    { type: 'start', step: 0, steps: 5, scalars },
    { type: 'step', step: 1, steps: 5, samplesSeen: 4, seconds: 0.125, scalars: values },
    { type: 'step', step: 2, steps: 5, samplesSeen: 8, seconds: 0.25, scalars: values },
    { type: 'step', step: 4, steps: 5, samplesSeen: 16, seconds: 0.5, scalars: values },
    {
      type: 'end',
      reason: 'done',
      step: 5,
      steps: 5,
      samplesSeen: 20,
      trained: 20,
      seconds: 0.625,
      scalars: values,
    },
  ])
})

test('the first 50 steps and then every 50th unless told otherwise', async () => {
  expect((await linesOf(120)).map(({ type, step }) => `${type} ${step}`)).toEqual([
    'start 0',
    ...Array.from({ length: 50 }, (_, i) => `step ${i + 1}`),
    'step 100',
    'end 120',
  ])
})

test('a run of no step has an end without scalars', async () => {
  const lines: string[] = []
  const callback = eventLines({ write: line => void lines.push(line) })
  await callback({
    type: 'end',
    reason: 'aborted',
    step: 3,
    steps: 9,
    samplesSeen: 12,
    trained: 0,
    seconds: 0,
  })
  expect(JSON.parse(lines[0]!)).toEqual({
    type: 'end',
    reason: 'aborted',
    step: 3,
    steps: 9,
    samplesSeen: 12,
    trained: 0,
    seconds: 0,
  })
})

test('waits for what is written, and passes on its failure', async () => {
  const callback = eventLines({ write: () => Promise.reject(new Error('full')) })
  await expect(callback({ type: 'start', step: 0, steps: 1, scalars })).rejects.toThrow('full')
})

test.each([0, -1, 1.5, Number.NaN])('every %d is refused', every => {
  expect(() => eventLines({ write: () => {}, every })).toThrow(
    `every is ${every}, expected a whole number of at least 1`,
  )
})

test('a scalar that is NaN is null, and everything written is read back', async () => {
  const lines: string[] = []
  const callback = eventLines({ write: line => void lines.push(line), every: 1 })
  const read = async () => ({ 'generator/loss': Number.NaN, 'generator/gradient': Infinity })
  await callback({ type: 'start', step: 0, steps: 1, scalars })
  await callback({ type: 'step', step: 1, steps: 1, samplesSeen: 4, seconds: 1, read })
  const metrics = { kid: { value: 0.5, better: 'less' as const, floor: 0.1 } }
  await callback({ type: 'metrics', step: 1, metrics })
  await callback({
    type: 'rollback',
    step: 1,
    to: 0,
    player: 'judge',
    cause: 'loss',
    attempt: 1,
    tries: 3,
    learningRateScale: 0.5,
  })
  await callback({ type: 'finding', step: 1, name: 'oscillation', evidence: 'seen', advice: 'do' })
  await callback({ type: 'warning', step: 1, message: 'größe' })
  await callback({ type: 'checkpoint', step: 1 })
  expect(JSON.parse(lines[1]!).scalars).toEqual({ 'generator/loss': null, 'generator/gradient': null })
  const { records, skipped } = parseEvents(lines.join(''))
  expect(skipped).toBe(0)
  expect(records).toEqual(lines.map(line => JSON.parse(line)))
})
