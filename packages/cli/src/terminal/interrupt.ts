import type { Terminal } from './terminal.ts'

/** Exit codes of a command that a signal ended, as shells have them: 128 and the signal's number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

/** Listens for signals, until it is released. */
export interface Interrupt {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal
  /** The exit code to end with, once a signal came. */
  exitCode(): number | undefined
  release(): void
}

/** Turns the first SIGINT or SIGTERM into an abort; the second one ends the process at once. */
export function listenForSignals(announce: () => void): Interrupt {
  const controller = new AbortController()
  let code: number | undefined
  const stop = (name: keyof typeof exitCodes) => {
    if (controller.signal.aborted) process.exit(exitCodes[name])
    code = exitCodes[name]
    announce()
    controller.abort()
  }
  const names = Object.keys(exitCodes) as (keyof typeof exitCodes)[]
  for (const name of names) process.on(name, stop)
  return {
    signal: controller.signal,
    exitCode: () => code,
    release: () => names.forEach(name => void process.off(name, stop)),
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
  const interrupt = listenForSignals(() => terminal.progress.write('\nStopping …\n'))
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
