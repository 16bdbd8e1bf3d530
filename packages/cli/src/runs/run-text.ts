import { readFile } from 'node:fs/promises'
import { type ColorSupport, decodePng, terminalCurve, terminalPreview } from '@gankit/visualization'
import type { Incident } from '@gankit/visualization/node'
import { configLines } from './config-lines.ts'
import { cutGrid } from './cut-grid.ts'
import { durationOf } from './duration.ts'
import { incidentsOf } from './incidents.ts'
import { shortPath } from './next-commands.ts'
import type { Run } from './read-run.ts'
import { chartsOf } from './run-charts.ts'

/** A run for a person at a terminal: configuration, curves, the last samples, what happened. */
export async function textOf(
  run: Run,
  { columns, color }: { readonly columns: number; readonly color: ColorSupport },
): Promise<string> {
  const width = Math.min(Math.max(columns, 40), 120)
  const parts = [factsOf(run).join('\n')]
  for (const { title, series, range, log = false } of chartsOf(run))
    parts.push(
      `${title}\n${terminalCurve({ series, columns: width, rows: 10, color, log, ...(range && { range }) })}`,
    )
  const last = run.samples.at(-1)
  if (last) {
    const picture = decodePng(await readFile(last.path))
    const preview = terminalPreview(cutGrid(picture) ?? picture, { columns: width, rows: 15, color })
    parts.push(`Samples after step ${number(last.step)}\n${preview}`)
  }
  const incidents = incidentsOf(run.history)
  if (incidents.length > 0) parts.push(['What happened', ...incidents.flatMap(linesOf)].join('\n'))
  return `${parts.join('\n\n')}\n`
}

function factsOf({ path, config, state, why, step, steps, history, skippedLines }: Run): string[] {
  const { images, seconds } = history
  const facts: [string, string][] = [
    ['run', shortPath(path)],
    ['state', why === undefined ? state : `${state}: ${why}`],
    ['steps', `${number(step)} of ${number(steps)}, ${number(images)} images, ${durationOf(seconds)}`],
    ...configLines(config),
  ]
  if (skippedLines > 0)
    facts.push([
      'skipped',
      `${skippedLines} ${skippedLines === 1 ? 'line' : 'lines'} of events.jsonl that can't be read`,
    ])
  return facts.map(([name, value]) => `${name.padEnd(10)}${value}`)
}

function linesOf({ kind, step, title, evidence, advice }: Incident): string[] {
  const head = `  step ${number(step)}  ${kind}: ${title}`
  return [head, ...(evidence ? [`    ${evidence}`] : []), ...(advice ? [`    Try: ${advice}`] : [])]
}

const number = (value: number): string => value.toLocaleString('en')
