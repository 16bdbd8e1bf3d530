import type { EventRecord } from '@gankit/trainer'
import { expect, test } from 'vitest'
import { parseEvents } from '../../src/runs/event-log.ts'
import { historyOf } from '../../src/runs/history.ts'

const step = (at: number, lossD: number | null = at): EventRecord =>
  ({
    type: 'step',
    step: at,
    images: 10 * at,
    seconds: at / 10,
    lossD,
    lossG: 1,
    dReal: 0.5,
    dFake: 0.5,
  }) as EventRecord
const start = (at: number): EventRecord => ({ type: 'start', step: at, steps: 900 })
const finding = (at: number, name = 'oscillation'): EventRecord => ({
  type: 'finding',
  step: at,
  name,
  evidence: 'seen',
  advice: 'do',
})
const rollback = (at: number, to: number): EventRecord => ({
  type: 'rollback',
  step: at,
  to,
  player: 'generator',
  what: 'loss',
  attempt: 1,
  tries: 3,
  learningRateScale: 0.5,
})
const stepsOf = (...records: EventRecord[]) =>
  historyOf(records).points.map(point => [point.step, point.lossD])

test('a run that was killed takes the steps after its checkpoint anew', () => {
  const records = [
    ...[start(0), step(50), step(100), finding(80), finding(120), step(150), step(200)],
    ...[start(100), step(150, -1), finding(120)],
  ]
  expect(stepsOf(...records)).toEqual([
    [50, 50],
    [100, 100],
    [150, -1],
  ])
  const { step: at, images, seconds, findings } = historyOf(records)
  expect({ at, images, seconds }).toEqual({ at: 150, images: 1500, seconds: 20 + 15 })
  expect(findings.map(found => found.step)).toEqual([80, 120])
})

test('a run that was killed before it got further is where it went on from', () => {
  const { step: at, images, points } = historyOf([start(0), step(50), step(100), start(50)])
  expect({ at, images, points: points.length }).toEqual({ at: 50, images: 500, points: 1 })
})

test('a rollback takes steps back, and keeps what was found before it', () => {
  const records = [start(0), step(50), step(100), finding(90), rollback(120, 50), step(100, 7)]
  expect(stepsOf(...records)).toEqual([
    [50, 50],
    [100, 7],
  ])
  const { findings, rollbacks } = historyOf(records)
  expect(findings.map(found => found.step)).toEqual([90])
  expect(rollbacks.map(({ step, to }) => [step, to])).toEqual([[120, 50]])
})

test('an end counts until the run begins again, and its figures are a point where they are new', () => {
  const end = {
    type: 'end',
    reason: 'done',
    step: 70,
    images: 700,
    seconds: 7,
    trained: 700,
    lossD: 3,
  } as const
  const ended = historyOf([start(0), step(50), end])
  expect(ended.end).toBe(end)
  expect(ended.points.map(point => [point.step, point.lossD, point.lossG])).toEqual([
    [50, 50, 1],
    [70, 3, Number.NaN],
  ])
  expect(historyOf([start(0), step(70), end]).points).toHaveLength(1)
  expect(historyOf([start(0), step(50), end, start(70)])).not.toHaveProperty('end')
})

test('null is NaN, and an empty file no steps', () => {
  expect(stepsOf(step(50, null))).toEqual([[50, Number.NaN]])
  expect(historyOf([])).toMatchObject({ points: [], step: 0, images: 0, seconds: 0 })
})

test('lines that are no record are skipped and counted', () => {
  const good = [start(0), step(50), finding(50)].map(record => JSON.stringify(record))
  const bad = [
    'hello',
    '[1]',
    'null',
    '"step"',
    '{"type":"later","step":3}',
    '{"type":"toString","step":3}',
    '{"type":"step","step":-1,"images":1,"seconds":1}',
    '{"type":"step","step":1.5,"images":1,"seconds":1}',
    '{"type":"step","step":2,"images":"many","seconds":1}',
    '{"type":"finding","step":2,"name":"x"}',
  ]
  const text = `${[good[0], ...bad, good[1], '', good[2]].join('\r\n')}\n{"type":"st`
  const { records, skipped } = parseEvents(text)
  expect(records.map(record => JSON.stringify(record))).toEqual(good)
  expect(skipped).toBe(bad.length + 1)
  // A last line that is whole counts, though its line feed is missing.
  expect(parseEvents(`${good[0]}\n${good[1]}`)).toMatchObject({ records: { length: 2 }, skipped: 0 })
})
