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
