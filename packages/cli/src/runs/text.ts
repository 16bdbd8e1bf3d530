import { readFile } from 'node:fs/promises'
import { formatNumber } from '@gankit/core'
import type { Run } from '@gankit/experiment/node'
import {
  type ColorSupport,
  decodePng,
  type Series,
  terminalCurve,
  terminalPreview,
} from '@gankit/visualization'
import type { Incident } from '@gankit/visualization/node'
import { formatCount, formatDuration, formatPlural, formatTable } from '../terminal/format.ts'
import { shortenPath } from '../terminal/terminal.ts'
import { createCharts } from './charts.ts'
import { describeConfig, listIncidents } from './describe.ts'
import { cutGrid } from './grids.ts'

/** How a run is written. */
export interface TextOptions {
  /** Characters in a line. */
  readonly columns: number
  /** Colors of curves and samples; undefined where the text goes to a pipe or a file: numbers stand for the curves then. */
  readonly picture: { readonly color: ColorSupport } | undefined
}

/** A run for a person at a terminal: its configuration, curves, last samples, and what happened. */
export async function formatRun(run: Run, { columns, picture }: TextOptions): Promise<string> {
  const width = Math.min(Math.max(columns, 40), 120)
  const parts = [formatFacts(run).join('\n')]
  for (const { title, series, range, log } of createCharts(run)) {
    const drawn = picture
      ? terminalCurve({ series, columns: width, rows: 10, ...picture, log, ...(range && { range }) })
      : formatSeries(series)
    parts.push(`${title}\n${drawn}`)
  }
  const last = run.samples.at(-1)
  if (last && picture) {
    const grid = decodePng(await readFile(last.path))
    const preview = terminalPreview(cutGrid(grid) ?? grid, { columns: width, rows: 15, ...picture })
    parts.push(`Samples after step ${formatCount(last.step)}\n${preview}`)
  }
  const incidents = listIncidents(run.history)
  if (incidents.length > 0) parts.push(['What happened', ...incidents.flatMap(formatIncident)].join('\n'))
  return `${parts.join('\n\n')}\n`
}

/** Curves in numbers: a line for each, with its first and last value, its least and its greatest. */
function formatSeries(series: readonly Series[]): string {
  const rows = series.map(({ name, y }) => {
    const values = Array.from(y).filter(Number.isFinite)
    if (values.length === 0) return [name, '–', '–', '–', '–']
    const figures = [
      values[0]!,
      values.at(-1)!,
      values.reduce((a, b) => Math.min(a, b)),
      values.reduce((a, b) => Math.max(a, b)),
    ]
    return [name, ...figures.map(formatNumber)]
  })
  return formatTable([['', 'first', 'last', 'least', 'greatest'], ...rows], new Set([1, 2, 3, 4])).join('\n')
}

function formatFacts(run: Run): string[] {
  const { path, state, why, step, steps, history, skippedLines } = run
  const { samplesSeen, seconds } = history
  const facts: [string, string][] = [
    ['run', shortenPath(path)],
    ['state', why === undefined ? state : `${state}: ${why}`],
    [
      'steps',
      `${formatCount(step)} of ${formatCount(steps)}, ${formatCount(samplesSeen)} samples, ${formatDuration(seconds)}`,
    ],
    ...describeConfig(run),
  ]
  if (skippedLines > 0)
    facts.push(['skipped', `${formatPlural(skippedLines, 'line')} of events.jsonl that can't be read`])
  return facts.map(([name, value]) => `${name.padEnd(10)}${value}`)
}

function formatIncident({ kind, step, title, evidence, advice }: Incident): string[] {
  const head = `  step ${formatCount(step)}  ${kind}: ${title}`
  return [head, ...(evidence ? [`    ${evidence}`] : []), ...(advice ? [`    Try: ${advice}`] : [])]
}
