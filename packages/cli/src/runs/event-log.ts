import type { EventRecord } from '@gankit/trainer'

export interface EventLog {
  readonly records: readonly EventRecord[]
  /** Lines that are no record: the half of one that a killed process left, events of another version, foreign text. */
  readonly skipped: number
}

/** What a record must have for its type, beside a step. */
const needed: Readonly<
  Record<EventRecord['type'], Readonly<Record<string, 'number' | 'string' | 'object'>>>
> = {
  start: {},
  step: { images: 'number', seconds: 'number' },
  checkpoint: {},
  figures: { figures: 'object' },
  rollback: { to: 'number', player: 'string', what: 'string' },
  finding: { name: 'string', evidence: 'string', advice: 'string' },
  warning: { message: 'string' },
  end: { reason: 'string', images: 'number', seconds: 'number' },
}

/** Reads the text of an events.jsonl, line by line. */
export function parseEvents(text: string): EventLog {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const records = lines.map(recordOf).filter(record => record !== undefined)
  return { records, skipped: lines.length - records.length }
}

function recordOf(line: string): EventRecord | undefined {
  let value: Record<string, unknown> | null
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  const { type, step } = value ?? {}
  if (typeof type !== 'string' || !Object.hasOwn(needed, type)) return undefined
  if (!Number.isSafeInteger(step) || Number(step) < 0) return undefined
  const fields = Object.entries(needed[type as EventRecord['type']])
  const whole = fields.every(([name, expected]) => typeof value?.[name] === expected)
  return whole ? (value as unknown as EventRecord) : undefined
}
