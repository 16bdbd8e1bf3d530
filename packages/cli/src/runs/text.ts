import { readFile } from 'node:fs/promises'
import type { Run } from '@gankit/experiment/node'
import { type ColorSupport, decodePng, terminalCurve, terminalPreview } from '@gankit/visualization'
import type { Incident } from '@gankit/visualization/node'
import { formatCount, formatDuration, formatPlural } from '../terminal/format.ts'
import { shortenPath } from '../terminal/terminal.ts'
import { createCharts } from './charts.ts'
import { describeConfig, listIncidents } from './describe.ts'
import { cutGrid } from './grids.ts'

/** A run for a person at a terminal: its configuration, curves, last samples, and what happened. */
export async function formatRun(
  run: Run,
  { columns, color }: { readonly columns: number; readonly color: ColorSupport },
): Promise<string> {
  const width = Math.min(Math.max(columns, 40), 120)
  const parts = [formatFacts(run).join('\n')]
  for (const { title, series, range, log } of createCharts(run))
    parts.push(
      `${title}\n${terminalCurve({ series, columns: width, rows: 10, color, log, ...(range && { range }) })}`,
    )
  const last = run.samples.at(-1)
  if (last) {
    const picture = decodePng(await readFile(last.path))
    const preview = terminalPreview(cutGrid(picture) ?? picture, { columns: width, rows: 15, color })
    parts.push(`Samples after step ${formatCount(last.step)}\n${preview}`)
  }
  const incidents = listIncidents(run.history)
  if (incidents.length > 0) parts.push(['What happened', ...incidents.flatMap(formatIncident)].join('\n'))
  return `${parts.join('\n\n')}\n`
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
