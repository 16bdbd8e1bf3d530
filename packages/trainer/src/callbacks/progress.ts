import { describeScalar, type ScalarDescription } from '@gankit/core'
import type { Observer, ScalarValues, StepEvent } from '../run/events.ts'

/** Where progress is shown: `process.stderr` fits. */
export interface ProgressOutput {
  /** Not called where `showLine` is there. */
  write?(text: string): unknown
  /** Shows a line in place of the one before. Default: writes it, on a terminal over the one before. */
  showLine?(line: string): unknown
  /** Whether a line can be written over. */
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

export interface ProgressOptions {
  readonly output: ProgressOutput
  /** Milliseconds between two lines; each waits for the backend once. Default 250 on a terminal, else 10,000. */
  readonly interval?: number
}

/** One line that says how far a run is: on a terminal a bar, then step, samples/s, time left, and the game's scalars. */
export function progress({ output, interval = output.isTTY ? 250 : 10_000 }: ProgressOptions): Observer {
  let shown = Number.NEGATIVE_INFINITY
  let speed = new Speedometer()
  let descriptions: readonly ScalarDescription[] = []
  const show = (line: string) => {
    if (output.showLine) output.showLine(line)
    else output.write?.(output.isTTY ? `\r\x1b[2K${line}` : `${line}\n`)
  }
  return async event => {
    if (event.type === 'start') {
      shown = Number.NEGATIVE_INFINITY
      speed = new Speedometer()
      descriptions = event.scalars
    }
    // The line on a terminal is still open, if there is one.
    if (event.type === 'end' && output.isTTY && shown > 0 && !output.showLine) output.write?.('\n')
    if (event.type !== 'step' || event.replayed) return
    const last = event.step === event.steps
    const isFirst = speed.add(event)
    // The first step compiles and warms up: there is nothing to say about speed before the second.
    if (!last && (isFirst || performance.now() - shown < interval)) return
    // A log has few lines, and an estimate that is far off would stay in it.
    if (!last && !output.isTTY && !speed.isSettled()) return
    shown = performance.now()
    // A terminal that doesn't know its width may say 0.
    const columns = output.columns || 100
    show(formatProgress(event, await event.read(), descriptions, speed.measure(event), columns, output.isTTY))
  }
}

/** Where a run was at some time. */
type Mark = Pick<StepEvent, 'step' | 'samplesSeen' | 'seconds'>

/** What is known about a run's speed; NaN where it is not. */
interface Speed {
  readonly samplesPerSecond: number
  readonly secondsLeft: number
}

/** Seconds of steps before their speed is an estimate for the rest: until then, JavaScript is still being compiled. */
const settlingSeconds = 1
/** Marks that are kept at most. */
const maxMarks = 512

/**
 * Measures the speed of a run over the later half of the time since its first step, so that the first steps, which compile
 * and warm up, soon don't count.
 */
class Speedometer {
  private marks: Mark[] = []

  /** @returns whether it is the first mark */
  add({ step, samplesSeen, seconds }: Mark): boolean {
    this.marks.push({ step, samplesSeen, seconds })
    if (this.marks.length > maxMarks) this.marks = this.marks.filter((_, i) => i % 2 === 0)
    return this.marks.length === 1
  }

  isSettled(): boolean {
    return this.measured() >= settlingSeconds
  }

  measure({ step, steps = Number.NaN }: Pick<StepEvent, 'step' | 'steps'>): Speed {
    const [from, to] = [this.marks[this.middle()]!, this.marks.at(-1)!]
    const seconds = to.seconds - from.seconds
    const left = ((steps - step) * seconds) / (to.step - from.step)
    return {
      samplesPerSecond: (to.samplesSeen - from.samplesSeen) / seconds,
      secondsLeft: this.isSettled() || step === steps ? left : Number.NaN,
    }
  }

  /** Seconds from the middle to now. */
  private measured(): number {
    return this.marks.at(-1)!.seconds - this.marks[this.middle()]!.seconds
  }

  /** The last mark that lies in the earlier half of the time. */
  private middle(): number {
    const [first, last] = [this.marks[0]!.seconds, this.marks.at(-1)!.seconds]
    const half = (first + last) / 2
    const next = this.marks.findIndex(({ seconds }) => seconds > half)
    return Math.max(0, next - 1)
  }
}

/** Characters of a bar. */
const barSize = { min: 6, max: 24 }

/**
 * The line itself, shorter than so many columns. The last charts are left out where there is no room for them and for the
 * bar.
 * @param hasBar whether it begins with a bar, where the end is known
 */
export function formatProgress(
  { step, steps }: Pick<StepEvent, 'step' | 'steps'>,
  values: ScalarValues,
  descriptions: readonly ScalarDescription[],
  { samplesPerSecond, secondsLeft }: Speed,
  columns: number,
  hasBar = false,
): string {
  const parts = [
    steps === undefined ? `step ${step}` : `${step}/${steps}`,
    `${formatRate(samplesPerSecond)} samples/s`,
    `${formatClock(secondsLeft)} left`,
    ...formatCharts(values, descriptions),
  ]
  const least = hasBar && steps !== undefined ? barSize.min + 2 : 0
  // A number is shown whole or not at all: half a number would be another number.
  while (parts.length > 1 && parts.join('  ').length + least >= columns) parts.pop()
  const text = parts.join('  ')
  const room = Math.min(barSize.max, columns - text.length - 3)
  if (least === 0 || room < barSize.min) return text.slice(0, Math.max(0, columns - 1))
  const full = Math.floor(Math.min(1, step / steps!) * room)
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
