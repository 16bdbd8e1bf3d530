import { checkInteger, type ScalarDescription } from '@gankit/core'
import type {
  CallbackEvent,
  EndEvent,
  Observer,
  RollbackEvent,
  ScalarValues,
  StartEvent,
  StepEvent,
  TrainerEvent,
} from '@gankit/trainer'

/** Scalars by name, as JSON holds them: null for NaN, of a player that did not move. */
export type ScalarRecord = Readonly<Record<string, number | null>>

/** The start of a run, or of its part after it was resumed, with what is known about its scalars. */
export type StartRecord = Omit<StartEvent, 'scalars'> & { readonly scalars?: readonly ScalarDescription[] }
/** A step with its scalars in place of the function that reads them. */
export type StepRecord = Omit<StepEvent, 'read'> & { readonly scalars: ScalarRecord }
/** The end with the scalars of the last step, where there was one. */
export type EndRecord = Omit<EndEvent, 'values'> & { readonly scalars?: ScalarRecord }

/** One line of an event file, `events.jsonl`. */
export type EventRecord = StartRecord | StepRecord | EndRecord | RollbackEvent | CallbackEvent

/** A record of one type: `RecordOf<'finding'>`. */
export type RecordOf<Type extends EventRecord['type']> = Extract<EventRecord, { readonly type: Type }>

/** The record of an event; reads the scalars of a step back from the backend. */
export async function recordEvent(event: TrainerEvent): Promise<EventRecord> {
  if (event.type === 'step') {
    const { read, ...rest } = event
    return { ...rest, scalars: replaceNaN(await read()) }
  }
  if (event.type !== 'end') return event
  const { values, ...rest } = event
  return values ? { ...rest, scalars: replaceNaN(values) } : rest
}

function replaceNaN(values: ScalarValues): ScalarRecord {
  const entries = Object.entries(values)
  return Object.fromEntries(entries.map(([name, value]) => [name, Number.isFinite(value) ? value : null]))
}

/** A record as a line of JSON, its line feed included. */
export function formatEvent(record: EventRecord): string {
  return `${JSON.stringify(record)}\n`
}

/** Options of `eventLines`. */
export interface EventLinesOptions {
  /** Gets one line, its line feed included. */
  readonly write: (line: string) => void | Promise<void>
  /** Steps between two step records, a whole number from 1; up to that step each has one. Default 50. */
  readonly every?: number
}

/**
 * A callback that writes events as lines: the start, the first steps, then every so many, all that callbacks report, and
 * the end. Most happens in the first steps, and a short run has no others.
 * @throws GankitError for `every` out of range
 */
export function eventLines({ write, every = 50 }: EventLinesOptions): Observer {
  checkInteger('experiment', 'every', every, 1)
  return async event => {
    if (event.type === 'step' && event.step > every && event.step % every > 0) return
    await write(formatEvent(await recordEvent(event)))
  }
}
