import { echo, watchSecondSignal } from './second-signal.ts'
import type { Terminal } from './terminal.ts'

/** Exit codes of a command that a signal ended, as shells have them: 128 and the signal's number. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const
type SignalName = keyof typeof exitCodes
const names = Object.keys(exitCodes) as SignalName[]
/** Signals of which a second one ends the process. */
const endingNames: readonly SignalName[] = ['SIGINT', 'SIGTERM']

/** Listens for signals, until it is released. */
export interface Interrupt {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal
  /** The exit code to end with, once a signal came. */
  exitCode(): number | undefined
  release(): void
}

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an abort. A second SIGINT or SIGTERM, half a second later or more, ends
 * the process at once, also in the middle of a long step. A terminal that is closed may send SIGHUP several times, which
 * never ends more than the first did.
 * @param message what to say at the first signal: what is done now, and what a second signal does
 */
export function listenForSignals(terminal: Pick<Terminal, 'progress'>, message: string): Interrupt {
  const controller = new AbortController()
  const printed = new Int32Array(new SharedArrayBuffer(4))
  let code: number | undefined
  let hasThread = true
  const stop = (name: SignalName) => {
    if (controller.signal.aborted) return
    code = exitCodes[name]
    // Without a listener a signal ends the process as the system does it, in the middle of a step too.
    if (!hasThread)
      setTimeout(() => endingNames.forEach(ending => void process.off(ending, stop)), echo).unref()
    if (Atomics.exchange(printed, 0, 1) === 0) terminal.progress.write(message)
    controller.abort()
  }
  for (const name of names) process.on(name, stop)
  const endWatch = watchSecondSignal(
    { names, endingNames, printed, message },
    () => process.exit(code ?? 1),
    () => {
      hasThread = false
    },
  )
  return {
    signal: controller.signal,
    exitCode: () => code,
    release() {
      endWatch()
      for (const name of names) process.off(name, stop)
    },
  }
}

/**
 * Runs an action until it is done or a signal comes; after a signal the exit code is that of shells.
 * @param kept what becomes of the work so far, for the person who stopped it
 */
export async function runUntilSignal(
  terminal: Terminal,
  action: (signal: AbortSignal) => Promise<void>,
  kept = 'nothing was changed',
): Promise<void> {
  const interrupt = listenForSignals(terminal, '\nStopping …; once more ends at once\n')
  try {
    await action(interrupt.signal)
  } catch (error) {
    if (!interrupt.signal.aborted) throw error
    terminal.progress.write(`Stopped; ${kept}.\n`)
    terminal.exitCode = interrupt.exitCode() ?? 1
  } finally {
    interrupt.release()
  }
}
