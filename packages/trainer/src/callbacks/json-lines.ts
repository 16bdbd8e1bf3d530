import type { Callback, StepValues, TrainerEvent } from '../events.ts'

/** One line of an event file: the event, its figures in place of the function that reads them. */
export type EventRecord = Omit<TrainerEvent, 'read'> & Partial<StepValues>

export interface JsonLinesOptions {
  /** Takes one line, its line feed included. */
  readonly write: (line: string) => void | Promise<void>
  /** Steps between two lines. Default 50. */
  readonly every?: number
}

/** Writes events as JSON, one a line: the start, every so many steps with their figures, and the end. */
export function jsonLines({ write, every = 50 }: JsonLinesOptions): Callback {
  return async event => {
    if (event.type === 'step') {
      if (event.step % every > 0) return
      const { read, ...rest } = event
      return write(`${JSON.stringify({ ...rest, ...(await read()) })}\n`)
    }
    if (event.type === 'end') {
      const { values, ...rest } = event
      return write(`${JSON.stringify({ ...rest, ...values })}\n`)
    }
    return write(`${JSON.stringify(event)}\n`)
  }
}
