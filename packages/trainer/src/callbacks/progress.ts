import type { StepEvent, StepValues, Watcher } from '../events.ts'

/** Where progress is shown: `process.stderr` fits. */
export interface ProgressOutput {
  write(text: string): unknown
  /** Whether a line can be written over. */
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

export interface ProgressOptions {
  readonly output: ProgressOutput
  /** Milliseconds between two looks; each waits for the backend once. Default 250 on a terminal, else 10,000. */
  readonly interval?: number
}

/** One line that says how far a run is: step, images/s, time left, both losses, D(real) and D(fake). */
export function progress({ output, interval = output.isTTY ? 250 : 10_000 }: ProgressOptions): Watcher {
  let shown = Number.NEGATIVE_INFINITY
  let first: { step: number; images: number; seconds: number } | undefined
  return async event => {
    if (event.type === 'start') {
      shown = Number.NEGATIVE_INFINITY
      first = undefined
    }
    // The line on a terminal is still open, if there is one.
    if (event.type === 'end' && output.isTTY && shown > 0) output.write('\n')
    if (event.type !== 'step' || event.retaken) return
    // The first step compiles and warms up; rates count from its end, so there is none before the second.
    const last = event.step === event.steps
    const known = first !== undefined
    first ??= event
    if (!last && (!known || performance.now() - shown < interval)) return
    shown = performance.now()
    const seconds = event.seconds - first.seconds
    const rate = (event.images - first.images) / seconds
    const left = (((event.steps ?? Number.NaN) - event.step) * seconds) / (event.step - first.step)
    // A terminal that doesn't know its width may say 0.
    const line = progressLine(event, await event.read(), rate, left, output.columns || 100)
    output.write(output.isTTY ? `\r\x1b[2K${line}` : `${line}\n`)
  }
}

/**
 * The line itself, shorter than so many columns: without the bar where there is no room for it, then without the last
 * figures.
 */
export function progressLine(
  { step, steps }: Pick<StepEvent, 'step' | 'steps'>,
  { lossD, lossG, dReal, dFake, gradientD, gradientG }: StepValues,
  imagesPerSecond: number,
  secondsLeft: number,
  columns: number,
): string {
  const figures = [
    steps === undefined ? `step ${step}` : `${step}/${steps}`,
    `${rounded(imagesPerSecond)} images/s`,
    `${clock(secondsLeft)} left`,
    `loss D ${fixed(lossD, 3)} G ${fixed(lossG, 3)}`,
    `D(real) ${fixed(dReal, 2)}`,
    `D(fake) ${fixed(dFake, 2)}`,
    `gradient D ${fixed(gradientD, 2)} G ${fixed(gradientG, 2)}`,
  ]
  const count = figures.length
  // A figure is shown whole or not at all: half a number would be another number.
  while (figures.length > 1 && figures.join('  ').length >= columns) figures.pop()
  const text = figures.join('  ')
  const room = Math.min(24, columns - text.length - 4)
  if (room < 6 || figures.length < count || steps === undefined)
    return text.slice(0, Math.max(0, columns - 1))
  const full = Math.floor(Math.min(1, step / steps) * room)
  return `${'█'.repeat(full)}${'░'.repeat(room - full)}  ${text}`
}

/** A player that did not move has no figure. */
function fixed(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits)
}

function rounded(rate: number): string {
  return Number.isFinite(rate) ? Math.round(rate).toLocaleString('en') : '–'
}

function clock(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  const whole = Math.round(seconds)
  const hours = Math.floor(whole / 3600)
  const two = (n: number) => String(n).padStart(2, '0')
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}
