import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { palette } from './theme.ts'

export interface Curve {
  readonly name: string
  readonly values: Float64Array
  readonly color: string
}

/** A dashed line across the chart: a loss at the equilibrium. */
export interface Level {
  readonly value: number
  readonly color: string
}

interface Props {
  readonly title: string
  /** What a screen reader says of the chart. */
  readonly label: string
  readonly steps: Float64Array
  readonly curves: readonly Curve[]
  readonly levels: readonly Level[]
  /** Default: what the curves and levels need. */
  readonly range?: readonly [number, number]
  /** Whether the axis of values has powers of ten. */
  readonly logarithmic?: boolean
  readonly height?: number
}

/** Curves over steps, by uPlot. */
export function Chart(props: Props): JSX.Element {
  const { title, label, steps, curves, height = 132 } = props
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | undefined>(undefined)
  const latest = useRef(props)
  latest.current = props
  const colors = palette.value
  const key = curves.map(({ name, color }) => name + color).join()
  useEffect(() => {
    const element = box.current!
    plot.current = new uPlot(
      createOptions(latest, element.clientWidth, height),
      toData(latest.current),
      element,
    )
    const observer = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      plot.current?.destroy()
    }
  }, [key, colors, height, props.logarithmic])
  useEffect(() => plot.current?.setData(toData(latest.current)), [steps, curves])
  return (
    <figure class="chart">
      <figcaption>
        <span class="title">{title}</span>
        <span class="keys">
          {curves.map(({ name, color }) => (
            <span key={name} class="key">
              <span class="stroke" style={{ background: color }} />
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      <div ref={box} class="plot" role="img" aria-label={label} style={{ height: `${height}px` }} />
    </figure>
  )
}

function toData({ steps, curves }: Props): uPlot.AlignedData {
  // uPlot leaves gaps at null, and draws lines to NaN.
  return [
    Array.from(steps),
    ...curves.map(({ values }) => Array.from(values, value => (Number.isFinite(value) ? value : null))),
  ] as uPlot.AlignedData
}

function createOptions(latest: { readonly current: Props }, width: number, height: number): uPlot.Options {
  const { muted, line, font } = palette.value
  const axis: uPlot.Axis = {
    stroke: muted,
    font: `11px ${font}`,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
  }
  const { logarithmic, curves } = latest.current
  return {
    width,
    height,
    padding: [6, 16, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: (_, min, max) => [min ?? 0, Math.max(max ?? 1, (min ?? 0) + 1)] },
      y: logarithmic
        ? { distr: 3, range: (_, min, max) => [Math.max(min ?? 0.1, 1e-9) * 0.8, (max ?? 10) * 1.25] }
        : { range: (_, min, max) => rangeOf(latest.current, min, max) },
    },
    axes: [
      { ...axis, size: 22, gap: 4, space: 56, values: (_, steps) => steps.map(formatStep) },
      {
        ...axis,
        size: 40,
        gap: 4,
        space: 26,
        ...(logarithmic && {
          splits: (_: uPlot, __: number, min: number, max: number) => powersBetween(min, max),
        }),
        values: (_, values) =>
          values.map(value => (value === null ? '' : logarithmic ? formatPower(value) : formatLoss(value))),
      },
    ],
    series: [
      {},
      ...curves.map(({ name, color }) => ({
        label: name,
        stroke: color,
        width: 1.75,
        points: { show: false },
      })),
    ],
    hooks: { drawAxes: [plot => drawLevels(plot, latest.current.levels)] },
  }
}

/** Room for the curves, but never so much that an outlier hides the rest. */
function rangeOf({ range, levels }: Props, min: number | null, max: number | null): [number, number] {
  if (range) return [range[0], range[1]]
  const values = levels.map(({ value }) => value)
  const least = Math.min(min ?? 0, 0, ...values)
  const greatest = Math.max(max ?? 0, ...values)
  return [least, least + Math.max(0.5, (greatest - least) * 1.08)]
}

function formatStep(step: number): string {
  if (!Number.isInteger(step)) return ''
  return step >= 10_000 ? `${+(step / 1000).toFixed(1)}k` : String(step)
}

function formatLoss(value: number): string {
  const text =
    Math.abs(value) >= 10_000 ? value.toExponential(0).replace('e+', 'e') : String(+value.toPrecision(6))
  return text.replace('-', '−')
}

/** Powers of ten in a range; 1, 2 and 5 times each where it holds few of them. */
function powersBetween(min: number, max: number): number[] {
  const factors = max / min > 1000 ? [1] : [1, 2, 5]
  const powers: number[] = []
  for (let power = Math.floor(Math.log10(min)); power <= Math.log10(max); power++)
    for (const factor of factors) powers.push(factor * 10 ** power)
  return powers.filter(value => value >= min && value <= max)
}

function formatPower(value: number): string {
  return value >= 0.01 && value <= 1000
    ? String(+value.toPrecision(1))
    : value.toExponential(0).replace('e+', 'e').replace('-', '−')
}

function drawLevels(plot: uPlot, levels: readonly Level[]): void {
  const { ctx: context, bbox } = plot
  context.save()
  context.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio])
  context.lineWidth = devicePixelRatio
  for (const { value, color } of levels) {
    const y = Math.round(plot.valToPos(value, 'y', true)) + 0.5
    if (y < bbox.top || y > bbox.top + bbox.height) continue
    context.strokeStyle = color
    context.globalAlpha = 0.8
    context.beginPath()
    context.moveTo(bbox.left, y)
    context.lineTo(bbox.left + bbox.width, y)
    context.stroke()
  }
  context.restore()
}
