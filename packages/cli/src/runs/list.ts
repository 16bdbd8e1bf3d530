import { existsSync } from 'node:fs'
import { formatNumber } from '@gankit/core'
import { type FoundRuns, findRuns, type Run, type RunState, runsFolder } from '@gankit/experiment/node'
import { formatJson, oneLine } from '../terminal/filter.ts'
import { formatCount, formatMinute, formatTable } from '../terminal/format.ts'
import { formatCommand, shortenPath, type Terminal } from '../terminal/terminal.ts'

/** What `gankit runs --json` prints of each run. */
export interface RunRow {
  readonly run: string
  readonly app: string
  readonly preset: string
  /** ISO 8601. */
  readonly when: string
  readonly step: number
  readonly steps: number
  readonly samplesSeen: number
  readonly state: RunState
  /** The version of config.json; this gankit resumes runs of version 3. */
  readonly version: number
  /** The last scalars, by name; null for those that are not finite. */
  readonly scalars: Readonly<Record<string, number | null>>
  readonly findings: number
  /** Whether it stands, since somebody who watches it paused it. */
  readonly paused: boolean
  /** What somebody who watched it multiplied the learning rates by; 1 where nobody did. */
  readonly learningRateScale: number
}

/** Prints the runs in a folder. @throws GankitError when the named folder does not exist */
export async function listRuns(
  folder: string | undefined,
  { json }: { readonly json?: boolean },
  { out }: Terminal,
): Promise<void> {
  // Before the first run the usual folder does not exist, which is no error.
  const none: FoundRuns = { runs: [], skipped: [] }
  const found = folder === undefined && !existsSync(runsFolder) ? none : await findRuns(folder ?? runsFolder)
  out.write(
    json
      ? formatJson({ runs: found.runs.map(createRow), skipped: found.skipped })
      : formatRuns(found, folder ?? runsFolder, out.isTTY ? out.columns || 80 : Number.POSITIVE_INFINITY),
  )
}

function createRow(run: Run): RunRow {
  const { path, app, preset, when, step, steps, state, version, history } = run
  const last = Object.entries(history.points.at(-1)?.scalars ?? {})
  return {
    run: path,
    app,
    preset,
    when: when.toISOString(),
    step,
    steps,
    samplesSeen: history.samplesSeen,
    state,
    version,
    scalars: Object.fromEntries(last.map(([name, value]) => [name, Number.isFinite(value) ? value : null])),
    findings: history.findings.length,
    paused: state === 'running' && history.steered.at(-1)?.paused === true,
    learningRateScale: history.learningRateScale,
  }
}

const head = ['run', 'app', 'preset', 'when', 'steps', 'samples', 'state', 'losses', 'findings'] as const
type Column = (typeof head)[number]
const numeric: ReadonlySet<Column> = new Set(['steps', 'samples', 'findings'])
/** Columns that a narrow terminal goes without, the first one first: the run's path says when it began, and its app. */
const dispensable: readonly Column[] = ['samples', 'app', 'when', 'preset', 'findings', 'losses']

/**
 * Runs for a person: a table, and the folders that could not be read.
 * @param columns characters in a line, which the table keeps to as far as it can
 */
function formatRuns({ runs, skipped }: FoundRuns, folder: string, columns: number): string {
  const lines =
    runs.length > 0
      ? formatRunsTable(runs, columns)
      : [`No runs in ${folder}. One begins with: ${formatCommand('train', 'mnist-digits')}`]
  for (const { why } of skipped) lines.push(`skipped  ${oneLine(why)}`)
  return `${lines.join('\n')}\n`
}

function formatRunsTable(runs: readonly Run[], columns: number): string[] {
  const rows = runs.map(formatCells)
  for (let left = 0; left <= dispensable.length; left++) {
    const shown = head.filter(column => !dispensable.slice(0, left).includes(column))
    const lines = tabulate(rows, shown)
    if (lines.every(line => line.length <= columns)) return lines
  }
  // Not even the least fits into a line: each run has two.
  const rest = tabulate(rows, ['steps', 'state'])
  return rows.flatMap((row, i) => [row[0]!, `  ${rest[i + 1]!}`])
}

/** @param rows cells of all columns */
function tabulate(rows: readonly (readonly string[])[], shown: readonly Column[]): string[] {
  const places = shown.map(column => head.indexOf(column))
  return formatTable(
    [shown, ...rows.map(row => places.map(place => row[place]!))],
    new Set(shown.flatMap((column, i) => (numeric.has(column) ? [i] : []))),
  )
}

function formatCells(run: Run): string[] {
  const row = createRow(run)
  const { app, preset, step, steps, samplesSeen, findings } = row
  return [
    shortenPath(run.path),
    app,
    preset,
    formatMinute(run.when),
    `${formatCount(step)}/${formatCount(steps)}`,
    formatCount(samplesSeen),
    describeState(row, run.config !== undefined),
    formatLosses(run),
    formatCount(findings),
  ].map(oneLine)
}

/** 'done'; 'running, paused, learning rates × 0.5'. */
function describeState({ state, version, paused, learningRateScale }: RunRow, isCurrent: boolean): string {
  return [
    state,
    ...(paused ? ['paused'] : []),
    ...(learningRateScale === 1 ? [] : [`learning rates × ${formatNumber(learningRateScale)}`]),
    ...(isCurrent ? [] : [`version ${version}`]),
  ].join(', ')
}

/** 'D 1.386, G 0.693', '-' before the first step that was written down. */
function formatLosses({ history: { scalars, points } }: Run): string {
  const last = points.at(-1)?.scalars ?? {}
  const losses = scalars
    .filter(({ name }) => name.endsWith('/loss') && Number.isFinite(last[name]))
    .map(({ name, label }) => `${label} ${last[name]!.toFixed(3)}`)
  return losses.join(', ') || '-'
}
