/** Exit codes of a command that a signal ended, by the shells' custom: 128 and the signal's number. */
const codes = { SIGINT: 130, SIGTERM: 143 } as const

export interface Interrupt {
  readonly signal: AbortSignal
  /** The exit code to end with, once a signal came. */
  exitCode(): number | undefined
  /** Stops listening. */
  release(): void
}

/** Turns the first SIGINT or SIGTERM into an abort; the second one ends the process at once. */
export function interruptible(announce: () => void): Interrupt {
  const controller = new AbortController()
  let code: number | undefined
  const stop = (name: keyof typeof codes) => {
    if (controller.signal.aborted) process.exit(codes[name])
    code = codes[name]
    announce()
    controller.abort()
  }
  const names = Object.keys(codes) as (keyof typeof codes)[]
  for (const name of names) process.on(name, stop)
  return {
    signal: controller.signal,
    exitCode: () => code,
    release: () => names.forEach(name => void process.off(name, stop)),
  }
}

/**
 * Runs an action until a signal comes; then what it started is ended, and the exit code is the shells' own.
 * @param kept what is said of the work so far
 */
export async function stoppable(
  progress: NodeJS.WriteStream,
  action: (signal: AbortSignal) => Promise<void>,
  kept = 'nothing was changed',
): Promise<void> {
  const interrupt = interruptible(() => progress.write('\nStopping …\n'))
  try {
    await action(interrupt.signal)
  } catch (error) {
    if (!interrupt.signal.aborted) throw error
    progress.write(`Stopped; ${kept}.\n`)
    process.exitCode = interrupt.exitCode() ?? 1
  } finally {
    interrupt.release()
  }
}
