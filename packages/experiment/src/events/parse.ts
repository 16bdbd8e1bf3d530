import type { EventRecord } from './records.ts'

/** What an event file holds. */
export interface EventLog {
  readonly records: readonly EventRecord[]
  /** Lines that are no record: the half of one that a killed process left, records of another version, foreign text. */
  readonly skipped: number
}

type FieldType = 'number' | 'string' | 'object'

/** The fields that a record of each type has beside a step. */
const fields: Readonly<Record<EventRecord['type'], Readonly<Record<string, FieldType>>>> = {
  start: {},
  step: { samplesSeen: 'number', seconds: 'number', scalars: 'object' },
  checkpoint: {},
  metrics: { metrics: 'object' },
  rollback: { to: 'number', player: 'string', cause: 'string' },
  finding: { name: 'string', evidence: 'string', advice: 'string' },
  warning: { message: 'string' },
  end: { reason: 'string', samplesSeen: 'number', seconds: 'number' },
}

/** Reads the text of an events.jsonl, line by line. Records of earlier versions are read as far as they go. */
export function parseEvents(text: string): EventLog {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const records = lines.map(parseRecord).filter(record => record !== undefined)
  return { records, skipped: lines.length - records.length }
}

function parseRecord(line: string): EventRecord | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined
  const record = upgrade(parsed as Record<string, unknown>)
  const { type, step } = record
  if (typeof type !== 'string' || !Object.hasOwn(fields, type)) return undefined
  if (!Number.isSafeInteger(step) || Number(step) < 0) return undefined
  const expected = Object.entries(fields[type as EventRecord['type']])
  const isWhole = expected.every(([name, kind]) => typeof record[name] === kind && record[name] !== null)
  return isWhole ? (record as unknown as EventRecord) : undefined
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
