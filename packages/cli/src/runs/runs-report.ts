import { relative } from 'node:path'
import { commandLine } from '../output.ts'
import type { FoundRuns } from './find-runs.ts'
import type { Run, RunState } from './read-run.ts'

/** What `gankit runs --json` prints of each run. */
export interface RunRow {
  readonly run: string
  readonly app: string
  readonly preset: string
  /** ISO 8601. */
  readonly when: string
  readonly step: number
  readonly steps: number
  readonly images: number
  readonly state: RunState
  readonly lossD: number | null
  readonly lossG: number | null
  readonly findings: number
}

/** A run as plain data. */
export function rowOf({ path, config, when, step, steps, state, history }: Run): RunRow {
  const last = history.points.at(-1)
  const finite = (value: number | undefined) => (Number.isFinite(value) ? value! : null)
  return {
    run: path,
    app: config.app,
    preset: config.preset,
    when: when.toISOString(),
    step,
    steps,
    images: history.images,
    state,
    lossD: finite(last?.lossD),
    lossG: finite(last?.lossG),
    findings: history.findings.length,
  }
}

const heads = ['run', 'app', 'preset', 'when', 'steps', 'images', 'state', 'loss D', 'loss G', 'findings']
/** Columns of figures stand at the right. */
const figures = new Set([4, 5, 7, 8, 9])

/** Runs for a person: a table, and what could not be read. */
export function tableOf({ runs, skipped }: FoundRuns, folder: string): string {
  const lines: string[] = []
  if (runs.length > 0) {
    const rows = [heads, ...runs.map(cellsOf)]
    const widths = heads.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
    for (const row of rows)
      lines.push(
        row
          .map((cell, i) => (figures.has(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
          .join('  ')
          .trimEnd(),
      )
  } else lines.push(`No runs in ${folder}. One begins with: ${commandLine('train', 'mnist-digits')}`)
  for (const { why } of skipped) lines.push(`skipped  ${why}`)
  return `${lines.join('\n')}\n`
}

function cellsOf(run: Run): string[] {
  const { app, preset, step, steps, images, state, lossD, lossG, findings } = rowOf(run)
  return [
    relative('', run.path) || '.',
    app,
    preset,
    minuteOf(run.when),
    `${number(step)}/${number(steps)}`,
    number(images),
    state,
    lossD?.toFixed(3) ?? '-',
    lossG?.toFixed(3) ?? '-',
    number(findings),
  ]
}

/** A time on this machine's clock, without its seconds. */
function minuteOf(when: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = [when.getFullYear(), two(when.getMonth() + 1), two(when.getDate())].join('-')
  return `${date} ${two(when.getHours())}:${two(when.getMinutes())}`
}

const number = (value: number): string => value.toLocaleString('en')
