import { checkWhole } from '../check-whole.ts'
import type {
  EndEvent,
  RollbackEvent,
  StartEvent,
  StepEvent,
  StepValues,
  ToldEvent,
  Watcher,
} from '../events.ts'

/** One line of an event file: the event, with its figures in place of what reads them. A figure that is NaN is null. */
export type EventRecord =
  | StartEvent
  | RollbackEvent
  | ToldEvent
  | (Omit<StepEvent, 'read'> & StepValues)
  | (Omit<EndEvent, 'values'> & Partial<StepValues>)

export interface JsonLinesOptions {
  /** Takes one line, its line feed included. */
  readonly write: (line: string) => void | Promise<void>
  /** Steps between two lines, a whole number from 1. Default 50. */
  readonly every?: number
}

/**
 * Writes events as JSON, one a line: the start, every so many steps with their figures, and the end.
 * @throws GankitError for `every` out of range
 */
export function jsonLines({ write, every = 50 }: JsonLinesOptions): Watcher {
  checkWhole('every', every, 1)
  const line = (record: EventRecord) => write(`${JSON.stringify(record)}\n`)
  return async event => {
    if (event.type === 'end') {
      const { values, ...rest } = event
      return line({ ...rest, ...values })
    }
    if (event.type !== 'step') return line(event)
    if (event.step % every > 0) return
    const { read, ...rest } = event
    return line({ ...rest, ...(await read()) })
  }
}
