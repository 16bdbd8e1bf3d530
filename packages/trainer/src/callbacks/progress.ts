import { describeScalar, type ScalarDescription } from '@gankit/core'
import type { Observer, ScalarValues, StepEvent } from '../run/events.ts'

/** Where progress is shown: `process.stderr` fits. */
export interface ProgressOutput {
  write(text: string): unknown
  /** Whether a line can be written over. */
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

export interface ProgressOptions {
  readonly output: ProgressOutput
  /** Milliseconds between two lines; each waits for the backend once. Default 250 on a terminal, else 10,000. */
  readonly interval?: number
}

/** One line that says how far a run is: step, samples/s, time left, and the game's scalars. */
export function progress({ output, interval = output.isTTY ? 250 : 10_000 }: ProgressOptions): Observer {
  let shown = Number.NEGATIVE_INFINITY
  let first: { step: number; samplesSeen: number; seconds: number } | undefined
  let descriptions: readonly ScalarDescription[] = []
  return async event => {
    if (event.type === 'start') {
      shown = Number.NEGATIVE_INFINITY
      first = undefined
      descriptions = event.scalars
    }
    // The line on a terminal is still open, if there is one.
    if (event.type === 'end' && output.isTTY && shown > 0) output.write('\n')
    if (event.type !== 'step' || event.replayed) return
    // The first step compiles and warms up; rates count from its end, so there is none before the second.
    const last = event.step === event.steps
    const known = first !== undefined
    first ??= event
    if (!last && (!known || performance.now() - shown < interval)) return
    shown = performance.now()
    const seconds = event.seconds - first.seconds
    const speed = {
      samplesPerSecond: (event.samplesSeen - first.samplesSeen) / seconds,
      secondsLeft: (((event.steps ?? Number.NaN) - event.step) * seconds) / (event.step - first.step),
    }
    // A terminal that doesn't know its width may say 0.
    const line = formatProgress(event, await event.read(), descriptions, speed, output.columns || 100)
    output.write(output.isTTY ? `\r\x1b[2K${line}` : `${line}\n`)
  }
}

/**
 * The line itself, shorter than so many columns: without the bar where there is no room for it, then without the last
 * charts.
 */
export function formatProgress(
  { step, steps }: Pick<StepEvent, 'step' | 'steps'>,
  values: ScalarValues,
  descriptions: readonly ScalarDescription[],
  { samplesPerSecond, secondsLeft }: { readonly samplesPerSecond: number; readonly secondsLeft: number },
  columns: number,
): string {
  const parts = [
    steps === undefined ? `step ${step}` : `${step}/${steps}`,
    `${formatRate(samplesPerSecond)} samples/s`,
    `${formatClock(secondsLeft)} left`,
    ...formatCharts(values, descriptions),
  ]
  const count = parts.length
  // A number is shown whole or not at all: half a number would be another number.
  while (parts.length > 1 && parts.join('  ').length >= columns) parts.pop()
  const text = parts.join('  ')
  const room = Math.min(24, columns - text.length - 4)
  if (room < 6 || parts.length < count || steps === undefined) return text.slice(0, Math.max(0, columns - 1))
  const full = Math.floor(Math.min(1, step / steps) * room)
  return `${'█'.repeat(full)}${'░'.repeat(room - full)}  ${text}`
}

/** One text a chart, 'loss D 1.385 G 0.693', in the order of the descriptions; scalars without one come last. */
function formatCharts(values: ScalarValues, descriptions: readonly ScalarDescription[]): string[] {
  const described = new Set(descriptions.map(({ name }) => name))
  const others = Object.keys(values)
    .filter(name => !described.has(name))
    .map(describeScalar)
  const charts = new Map<string, string[]>()
  for (const { name, label, chart, digits = 3 } of [...descriptions, ...others]) {
    const curves = charts.get(chart) ?? []
    curves.push(`${label} ${formatFixed(values[name] ?? Number.NaN, digits)}`)
    charts.set(chart, curves)
  }
  return [...charts].map(([chart, curves]) => `${chart} ${curves.join(' ')}`)
}

/** A player that was not updated has no value. */
function formatFixed(value: number, digits: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(digits)
}

function formatRate(rate: number): string {
  return Number.isFinite(rate) ? Math.round(rate).toLocaleString('en') : '–'
}

function formatClock(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–'
  const whole = Math.round(seconds)
  const hours = Math.floor(whole / 3600)
  const two = (n: number) => String(n).padStart(2, '0')
  const minutes = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
  return hours > 0 ? `${hours}:${minutes}` : minutes
}
