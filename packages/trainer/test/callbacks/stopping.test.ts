import { nonSaturating } from '@gankit/losses'
import { expect, test, vi } from 'vitest'
import { type Callback, createGanTrainer, earlyStop, timeLimit } from '../../src/index.ts'
import { points, tinyGan } from '../tiny-gan.ts'

const trainer = () => createGanTrainer({ gan: tinyGan(), objective: nonSaturating() })

test('a run ends when its time is up, whatever the clock on the wall says', async () => {
  let [ran, wall] = [0, 0]
  vi.spyOn(performance, 'now').mockImplementation(() => ran)
  vi.spyOn(Date, 'now').mockImplementation(() => wall)
  const pass: Callback = ({ type }) => {
    if (type !== 'step') return
    ran += 300
    wall += 86_400_000
  }
  const end = await trainer()
    .fit(points(), { steps: 1000, callbacks: [timeLimit(1), pass] })
    .finally(() => vi.restoreAllMocks())
  // The fourth step ends after 0.9 s, the fifth after 1.2 s.
  expect(end).toMatchObject({ reason: 'stopped', step: 5, why: '1 s have passed, its time limit' })
})

test.each([
  // Better at steps 2, 4 and 8; then three looks without.
  ['less', [5, 4, 6, 3, 9, 3, Number.NaN, 1], 14, 'its best, 3, was at step 8'],
  ['more', [5, 4, 6, 3, 6, 2, 7], 12, 'its best, 6, was at step 6'],
  ['less', [Number.NaN, Number.NaN, Number.NaN, 1], 6, 'its metric was never a number'],
] as const)(
  'where %s is better, the evaluation %o end a run at step %i',
  async (better, evaluation, step, why) => {
    let looks = 0
    const stop = earlyStop({ better, every: 2, patience: 3, metric: () => evaluation[looks++]! })
    const end = await trainer().fit(points(), { steps: 100, callbacks: [stop] })
    expect(end).toMatchObject({ reason: 'stopped', step, why })
  },
)

test('options out of range are refused', () => {
  expect(() => timeLimit(0)).toThrow('timeLimit is 0 seconds, expected a number above 0')
  const options = { better: 'less', metric: () => 1 } as const
  expect(() => earlyStop({ ...options, every: 0, patience: 1 })).toThrow('every is 0')
  expect(() => earlyStop({ ...options, every: 1, patience: 0 })).toThrow('patience is 0')
})
