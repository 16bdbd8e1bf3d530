import { type DegradationName, degradationNames, degradations } from './degradations.ts'
import { better, type MetricName, metricNames } from './metrics.ts'
import { type Curves, findBand } from './table.ts'

/** Each metric's axis: its ticks, the first and the last at its ends. */
const ticks: Readonly<Record<MetricName, readonly number[]>> = {
  Fréchet: [0, 100, 400, 900],
  'Fréchet ∞': [0, 100, 400, 900],
  KID: [0, 10, 40, 90, 160],
  'sliced Wasserstein': [0, 1, 2, 3],
  NDB: [0, 0.5, 1],
  recall: [0, 0.5, 1],
  coverage: [0, 0.5, 1],
  precision: [0, 0.5, 1],
  density: [0, 0.5, 1, 1.5, 2],
  'Inception score': [1, 4, 7, 10],
}

/** These grow as squares, so mild levels would be lost on a plain axis. */
const bySquares: readonly MetricName[] = ['Fréchet', 'Fréchet ∞', 'KID']

const panel = { width: 170, height: 74, left: 150, top: 64, gapX: 22, gapY: 20 } as const

const colors = (text: string, grid: string, seen: string, unseen: string) =>
  `text{fill:${text}}.grid{stroke:${grid}}.band{fill:${text};opacity:.18}.floor{stroke:${text};stroke-dasharray:3 3;opacity:.7}` +
  `.seen{stroke:${seen}}.unseen{stroke:${unseen}}circle.seen{fill:${seen}}circle.unseen{fill:${unseen}}`

const style = [
  'text{font:12px system-ui,sans-serif}.small{font-size:10px}.title{font-weight:600}polyline{fill:none;stroke-width:1.5}',
  colors('#4b5563', '#e5e7eb', '#2463c4', '#c2500f'),
  `@media(prefers-color-scheme:dark){${colors('#a8b0bd', '#2a303a', '#7fb0ff', '#ff9f66')}}`,
].join('')

/** Small charts: a row a metric, a column a degradation; the floor dashed, and what other splits give as a band. */
export function curvesSvg(curves: Curves): string {
  const width = panel.left + degradationNames.length * (panel.width + panel.gapX)
  const bottom = panel.top + metricNames.length * (panel.height + panel.gapY)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${bottom + 22}" width="${width}" height="${bottom + 22}">`,
    '<title>What each metric makes of noise, blur, dropped classes and duplicates</title>',
    `<style>${style}</style>`,
    ...legend(),
    ...degradationNames.map(
      (name, column) =>
        `<text class="title" x="${columnLeft(column)}" y="50">${name}</text>` +
        `<text class="small" x="${columnLeft(column) + panel.width}" y="50" text-anchor="end">${degradations[name].unit}</text>`,
    ),
    ...metricNames.flatMap((metric, row) => [
      `<text class="title" x="2" y="${rowTop(row) + panel.height / 2}" dy="-0.2em">${metric}</text>` +
        `<text class="small" x="2" y="${rowTop(row) + panel.height / 2}" dy="1.1em">${better[metric]} is better</text>`,
      ...degradationNames.map((name, column) => chart(curves, { metric, row, name, column })),
    ]),
    ...degradationNames.flatMap((name, column) =>
      listLevels(name).map(
        (level, i) =>
          `<text class="small" x="${levelX(name, column, i)}" y="${bottom - panel.gapY + 16}" text-anchor="middle">${level}</text>`,
      ),
    ),
    '</svg>\n',
  ].join('\n')
}

const columnLeft = (column: number) => panel.left + column * (panel.width + panel.gapX)
const rowTop = (row: number) => panel.top + row * (panel.height + panel.gapY)
const listLevels = (name: DegradationName) => [degradations[name].none, ...degradations[name].levels]

/** Levels stand evenly: how far apart they are is nothing that metrics could be held against. */
const levelX = (name: DegradationName, column: number, i: number) =>
  columnLeft(column) + 8 + (i * (panel.width - 16)) / degradations[name].levels.length

interface Place {
  readonly metric: MetricName
  readonly row: number
  readonly name: DegradationName
  readonly column: number
}

function chart(curves: Curves, { metric, row, name, column }: Place): string {
  const [left, right] = [columnLeft(column), columnLeft(column) + panel.width]
  const along = (value: number) => (bySquares.includes(metric) ? Math.sqrt(Math.max(0, value)) : value)
  const [min, max] = [along(ticks[metric][0]!), along(ticks[metric].at(-1)!)]
  const y = (value: number) => {
    const share = Math.min(1, Math.max(0, (along(value) - min) / (max - min)))
    return (rowTop(row) + (1 - share) * panel.height).toFixed(1)
  }
  const [low, high] = findBand(curves, metric).map(y)
  const points = [
    curves.none[metric],
    ...curves.points.filter(point => point.name === name).map(({ metrics }) => metrics[metric]),
  ].map((value, i) => [levelX(name, column, i).toFixed(1), y(value)])
  const kind = degradations[name].unseenBy.includes(metric) ? 'unseen' : 'seen'
  return [
    ...ticks[metric].map(
      tick =>
        `<line class="grid" x1="${left}" x2="${right}" y1="${y(tick)}" y2="${y(tick)}"/>` +
        (column === 0
          ? `<text class="small" x="${left - 5}" y="${y(tick)}" dy="0.35em" text-anchor="end">${tick}</text>`
          : ''),
    ),
    `<rect class="band" x="${left}" y="${high}" width="${panel.width}" height="${(Number(low) - Number(high)).toFixed(1)}"/>`,
    `<line class="floor" x1="${left}" x2="${right}" y1="${y(curves.none[metric])}" y2="${y(curves.none[metric])}"/>`,
    `<polyline class="${kind}" points="${points.map(point => point.join(',')).join(' ')}"/>`,
    ...points.map(([x, at]) => `<circle class="${kind}" cx="${x}" cy="${at}" r="2.2"/>`),
  ].join('')
}

function legend(): string[] {
  const entries = [
    ['seen', 'what the metric sees'],
    ['unseen', 'what it doesn’t see'],
    ['floor', 'real against real, grey: other splits'],
  ] as const
  return entries.map(([kind, text], i) => {
    const x = columnLeft(0) + 190 * i
    return (
      `<line class="${kind}" x1="${x}" x2="${x + 20}" y1="16" y2="16" stroke-width="1.5"/>` +
      `<text x="${x + 26}" y="16" dy="0.35em">${text}</text>`
    )
  })
}
