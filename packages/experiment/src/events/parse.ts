import { parseJson } from '@gankit/core'
import * as v from 'valibot'
import type { EventRecord } from './records.ts'

/** What an event file holds. */
export interface EventLog {
  readonly records: readonly EventRecord[]
  /** Lines that are no record: the half of one that a killed process left, records of another version, foreign text. */
  readonly skipped: number
}

/** A number that can be drawn: no value of training comes near the bounds, beyond which sums of two are infinite. */
const figure = v.pipe(v.number(), v.minValue(-1e100), v.maxValue(1e100))
/** What learning rates are multiplied by. */
const factor = v.pipe(figure, v.gtValue(0))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(1e12))
const scalars = v.record(v.string(), v.nullable(figure))

const description = v.looseObject({
  name: v.string(),
  label: v.string(),
  chart: v.string(),
  equilibrium: v.optional(figure),
  digits: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(20))),
})

const metric = v.looseObject({
  value: figure,
  better: v.picklist(['less', 'more']),
  floor: v.optional(v.nullable(figure)),
})

const best = v.looseObject({ metric: v.string(), value: figure, step: count })

/** What a record of each type has. Other fields are let through, and nobody reads them. */
const schema = v.variant('type', [
  v.looseObject({
    type: v.literal('start'),
    step: count,
    steps: v.optional(count),
    scalars: v.optional(v.array(description)),
    learningRateScale: v.optional(factor),
  }),
  v.looseObject({
    type: v.literal('step'),
    step: count,
    steps: v.optional(count),
    samplesSeen: count,
    seconds,
    scalars,
  }),
  v.looseObject({ type: v.literal('checkpoint'), step: count }),
  v.looseObject({
    type: v.literal('metrics'),
    step: count,
    metrics: v.record(v.string(), metric),
    best: v.optional(best),
  }),
  v.looseObject({
    type: v.literal('rollback'),
    step: count,
    to: count,
    player: v.string(),
    cause: v.string(),
    attempt: count,
    tries: count,
    learningRateScale: figure,
  }),
  v.looseObject({
    type: v.literal('finding'),
    step: count,
    name: v.string(),
    evidence: v.string(),
    advice: v.string(),
  }),
  v.looseObject({
    type: v.literal('steered'),
    step: count,
    paused: v.boolean(),
    learningRateScale: factor,
    checkpoint: v.boolean(),
  }),
  v.looseObject({ type: v.literal('warning'), step: count, message: v.string() }),
  v.looseObject({
    type: v.literal('end'),
    step: count,
    steps: v.optional(count),
    reason: v.picklist(['done', 'aborted', 'stopped', 'failed']),
    why: v.optional(v.string()),
    samplesSeen: count,
    seconds,
    scalars: v.optional(scalars),
  }),
])

/** Reads the text of an events.jsonl, line by line. Records of earlier versions are read as far as they go. */
export function parseEvents(text: string): EventLog {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const records = lines.map(parseRecord).filter(record => record !== undefined)
  return { records, skipped: lines.length - records.length }
}

function parseRecord(line: string): EventRecord | undefined {
  let parsed: unknown
  try {
    parsed = parseJson(line)
  } catch {
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined
  const result = v.safeParse(schema, upgrade(parsed as Record<string, unknown>))
  return result.success ? (result.output as unknown as EventRecord) : undefined
}

/**
 * A record of runs before version 3 counts samples as images, has its cause as `what`, and scalars under names of their
 * own, which say nothing about their player and are left out.
 */
function upgrade(record: Record<string, unknown>): Record<string, unknown> {
  const { images, what, samplesSeen = images, cause = what, ...rest } = record
  return {
    ...rest,
    ...(samplesSeen !== undefined && { samplesSeen }),
    ...(cause !== undefined && { cause }),
    ...(record['type'] === 'step' && images !== undefined && { scalars: {} }),
  }
}
