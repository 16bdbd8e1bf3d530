import { nonSaturating } from '@gankit/losses'
import { expect, test } from 'vitest'
import { createGanTrainer, doctor, evaluation, type FindingEvent } from '../../src/index.ts'
import { points, tinyGan } from '../tiny-gan.ts'

/** What the doctor says of a run whose metric takes these values, one every 10 steps. */
async function found(better: 'less' | 'more', ...values: number[]): Promise<FindingEvent[]> {
  let at = 0
  const measure = async () => ({ distance: { value: values[at++]!, better } })
  const trainer = createGanTrainer({ gan: tinyGan(), objective: nonSaturating() })
  const callbacks = [evaluation({ every: 10, measure, count: 2, budget: 1 }).callback, doctor({ warmUp: 0 })]
  const findings: FindingEvent[] = []
  for await (const event of trainer.run(points(), { steps: 10 * values.length, callbacks }))
    if (event.type === 'finding' && event.name === 'quality-regressed') findings.push(event)
  return findings
}

test('a distance that grows again is told once, with its best', async () => {
  expect(await found('less', 9, 4, 2, 2.5, 3.5, 4, 5, 6, 7)).toMatchObject([
    { step: 70, evidence: expect.stringContaining('distance was 2 at step 30 and is 5 now') },
  ])
})

test('so is a share that falls', async () => {
  expect(await found('more', 0.1, 0.6, 0.3, 0.3, 0.2)).toMatchObject([
    { step: 50, advice: expect.stringContaining('kinds of samples are not lost') },
  ])
})

test('one bad measurement between good ones is chance', async () => {
  expect(await found('less', 4, 2, 9, 2.1, 9, 9, 2.2, 9, 9)).toEqual([])
})
