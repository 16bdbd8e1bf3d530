import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  computeHistogram,
  eventRecord,
  type HistogramSummary,
  type TensorBoardEvent,
} from '../../src/tensorboard.ts'
import { eventsIn, recordsIn } from './reader.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures')
const file = new Uint8Array(readFileSync(join(fixtures, 'python.tfevents')))
const { values, png } = JSON.parse(readFileSync(join(fixtures, 'events.json'), 'utf8')) as {
  values: Record<string, number[]>
  png: string
}

const wallTime = 1_700_000_000.25
const shown = (after: number, step: number, value: unknown) =>
  ({ type: 'values', wallTime: wallTime + after, step, values: [value] }) as TensorBoardEvent

test('the file that a Python writer made of the same events, byte for byte', () => {
  const events: TensorBoardEvent[] = [
    { type: 'version', wallTime, step: 0 },
    // A writer that is told to purge from step 41 says its version a second time.
    { type: 'version', wallTime, step: 41 },
    { type: 'start', wallTime, step: 41 },
    shown(1, 50, { tag: 'loss/discriminator', scalar: 1.25 }),
    shown(1, 50, { tag: 'loss/generator', scalar: 0 }),
    shown(2, 2 ** 33 + 5, { tag: 'd/real', scalar: -0.1 }),
    ...Object.entries(values).map(([name, numbers]) =>
      shown(3, 500, { tag: `generator/${name}`, histogram: computeHistogram(Float32Array.from(numbers)) }),
    ),
    shown(4, 500, {
      tag: 'samples',
      image: { png: Buffer.from(png, 'base64'), width: 130, height: 6, channels: 3 },
    }),
    shown(5, 7, { tag: 'finding/text_summary', text: 'D won: größer **0.9**\n\nslow it down' }),
  ]
  expect(recordsIn(file).length).toBe(events.length)
  expect(eventsIn(file).map(({ step }) => step)).toEqual(events.map(({ step }) => step))
  expect(Buffer.concat(events.map(eventRecord)).toString('hex')).toBe(Buffer.from(file).toString('hex'))
})

test('several values of one step are one record', () => {
  const histogram: HistogramSummary = {
    min: -0,
    max: 2,
    count: 3,
    sum: 4,
    sumOfSquares: 5,
    limits: [1, 2.5],
    counts: [1, 2],
  }
  const record = eventRecord({
    type: 'values',
    wallTime: 0,
    step: 3,
    values: [
      { tag: 'a', scalar: 0.5 },
      { tag: 'b/c', histogram },
      { tag: 'd', text: '' },
    ],
  })
  expect(eventsIn(record)).toEqual([
    {
      wallTime: 0,
      step: 3,
      values: {
        a: 0.5,
        'b/c': { min: -0, max: 2, num: 3, sum: 4, sumSquares: 5, limits: [1, 2.5], counts: [1, 2] },
        d: '',
      },
    },
  ])
})

test('any step, scalar and tag is read again', () => {
  const float = fc.float({ noNaN: true })
  const tags = fc.string({ unit: 'grapheme', maxLength: 200 })
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.double({ noNaN: true }), tags, float, (step, wallTime, tag, scalar) => {
      const [read, ...more] = eventsIn(
        eventRecord({ type: 'values', wallTime, step, values: [{ tag, scalar }] }),
      )
      expect(more).toEqual([])
      expect(read).toEqual({ wallTime, step, values: Object.fromEntries([[tag, scalar]]) })
    }),
  )
})
