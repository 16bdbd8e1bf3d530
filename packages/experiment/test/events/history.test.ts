import { expect, test } from 'vitest'
import { type EventRecord, parseEvents, readHistory } from '../../src/index.ts'

const step = (at: number, loss: number | null = at): EventRecord => ({
  type: 'step',
  step: at,
  samplesSeen: 10 * at,
  seconds: at / 10,
  scalars: { 'discriminator/loss': loss, 'generator/loss': 1 },
})
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
  cause: 'loss',
  attempt: 1,
  tries: 3,
  learningRateScale: 0.5,
})
const stepsOf = (...records: EventRecord[]) =>
  readHistory(records).points.map(point => [point.step, point.scalars['discriminator/loss']])

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
  const { step: at, samplesSeen, seconds, findings } = readHistory(records)
  expect({ at, samplesSeen, seconds }).toEqual({ at: 150, samplesSeen: 1500, seconds: 20 + 15 })
  expect(findings.map(found => found.step)).toEqual([80, 120])
})

test('a run that was killed before it got further is where it went on from', () => {
  const { step: at, samplesSeen, points } = readHistory([start(0), step(50), step(100), start(50)])
  expect({ at, samplesSeen, points: points.length }).toEqual({ at: 50, samplesSeen: 500, points: 1 })
})

test('a rollback takes steps back, and keeps what was found before it', () => {
  const records = [start(0), step(50), step(100), finding(90), rollback(120, 50), step(100, 7)]
  expect(stepsOf(...records)).toEqual([
    [50, 50],
    [100, 7],
  ])
  const { findings, rollbacks } = readHistory(records)
  expect(findings.map(found => found.step)).toEqual([90])
  expect(rollbacks.map(({ step, to }) => [step, to])).toEqual([[120, 50]])
})

test('an end counts until the run begins again, and its scalars are a point where they are new', () => {
  const end = {
    type: 'end',
    reason: 'done',
    step: 70,
    samplesSeen: 700,
    seconds: 7,
    trained: 700,
    scalars: { 'discriminator/loss': 3 },
  } as const
  const ended = readHistory([start(0), step(50), end])
  expect(ended.end).toBe(end)
  expect(
    ended.points.map(point => [
      point.step,
      point.scalars['discriminator/loss'],
      point.scalars['generator/loss'] ?? Number.NaN,
    ]),
  ).toEqual([
    [50, 50, 1],
    [70, 3, Number.NaN],
  ])
  expect(readHistory([start(0), step(70), end]).points).toHaveLength(1)
  expect(readHistory([start(0), step(50), end, start(70)])).not.toHaveProperty('end')
})

test('null is NaN, and an empty file no steps', () => {
  expect(stepsOf(step(50, null))).toEqual([[50, Number.NaN]])
  expect(readHistory([])).toMatchObject({ points: [], step: 0, samplesSeen: 0, seconds: 0 })
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
    '{"type":"step","step":-1,"samplesSeen":1,"seconds":1,"scalars":{}}',
    '{"type":"step","step":1.5,"samplesSeen":1,"seconds":1,"scalars":{}}',
    '{"type":"step","step":2,"samplesSeen":"many","seconds":1,"scalars":{}}',
    '{"type":"step","step":2,"samplesSeen":3,"seconds":1,"scalars":null}',
    '{"type":"finding","step":2,"name":"x"}',
  ]
  const text = `${[good[0], ...bad, good[1], '', good[2]].join('\r\n')}\n{"type":"st`
  const { records, skipped } = parseEvents(text)
  expect(records).toEqual(good.map(line => JSON.parse(line)))
  expect(skipped).toBe(bad.length + 1)
  // A last line that is whole counts, though its line feed is missing.
  expect(parseEvents(`${good[0]}\n${good[1]}`)).toMatchObject({ records: { length: 2 }, skipped: 0 })
})

test('scalars are described as the start says, others by their own names', () => {
  const scalars = [{ name: 'generator/loss', label: 'G', chart: 'loss', equilibrium: Math.LN2 }]
  const described: EventRecord = { type: 'start', step: 0, scalars }
  expect(readHistory([described, step(50)]).scalars).toEqual([
    ...scalars,
    { name: 'discriminator/loss', label: 'discriminator', chart: 'loss' },
  ])
})

test('records of runs before games had names are read as far as they go', () => {
  const text = [
    '{"type":"start","step":0,"steps":900}',
    '{"type":"step","step":50,"images":400,"seconds":2,"lossD":1.3,"lossG":0.7,"dReal":0.5,"dFake":0.5}',
    '{"type":"rollback","step":60,"to":50,"player":"generator","what":"loss","attempt":1,"tries":3,"learningRateScale":0.5}',
    '{"type":"end","reason":"done","step":50,"images":400,"trained":400,"seconds":2,"lossD":1.3}',
  ].join('\n')
  const { records, skipped } = parseEvents(text)
  expect(skipped).toBe(0)
  const history = readHistory(records)
  expect(history).toMatchObject({ step: 50, samplesSeen: 400, seconds: 2, end: { reason: 'done' } })
  expect(history.rollbacks).toMatchObject([{ cause: 'loss', to: 50 }])
})

test('what was steered stays, and a start says what holds from there on', () => {
  const steered = (step: number, changes: object) =>
    ({ type: 'steered', step, paused: false, learningRateScale: 1, checkpoint: true, ...changes }) as const
  const [slower, standing] = [
    steered(20, { learningRateScale: 0.5 }),
    steered(40, { learningRateScale: 0.5, paused: true }),
  ]
  const start = { type: 'start', step: 0 } as const
  expect(readHistory([start])).toMatchObject({ steered: [], paused: false, learningRateScale: 1 })
  expect(readHistory([start, slower, standing])).toMatchObject({
    steered: [slower, standing],
    paused: true,
    learningRateScale: 0.5,
  })
  // It was killed while it stood, and went on from a checkpoint: of the change, or of before.
  for (const [step, learningRateScale] of [
    [40, 0.5],
    [10, undefined],
  ] as const) {
    const again = { type: 'start', step, ...(learningRateScale && { learningRateScale }) } as const
    expect(readHistory([start, slower, standing, again])).toMatchObject({
      steered: [slower, standing],
      paused: false,
      learningRateScale: learningRateScale ?? 1,
    })
  }
})
