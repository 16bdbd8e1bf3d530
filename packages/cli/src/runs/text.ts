import { formatNumber, isGankitError } from '@gankit/core'
import type { Run } from '@gankit/experiment/node'
import {
  type ColorSupport,
  decodePng,
  inlinePicture,
  type PictureProtocol,
  type Series,
  terminalCurve,
  terminalPreview,
} from '@gankit/visualization'
import type { Incident } from '@gankit/visualization/node'
import { drawing, oneLine } from '../terminal/filter.ts'
import { formatCount, formatDuration, formatPlural, formatTable } from '../terminal/format.ts'
import { shortenPath } from '../terminal/terminal.ts'
import { createCharts } from './charts.ts'
import { describeConfig, listIncidents } from './describe.ts'
import { cutGrid } from './grids.ts'
import { readSampleFile } from './sample-file.ts'

/** How a run is written. */
export interface TextOptions {
  /** Characters in a line. */
  readonly columns: number
  /** How curves and samples are drawn; undefined where the text goes to a pipe or a file: numbers stand for the curves then. */
  readonly picture: PictureOptions | undefined
}

interface PictureOptions {
  readonly color: ColorSupport
  readonly protocol: Exclude<PictureProtocol, 'none'>
  /** Characters that a picture of pixels may take. */
  readonly room: { readonly columns: number; readonly rows: number }
}

/**
 * A run for a person at a terminal: its configuration, curves, last samples, and what happened. Texts are strings, which
 * the terminal's filter passes; pictures are bytes.
 */
export async function formatRun(
  run: Run,
  { columns, picture }: TextOptions,
): Promise<(string | Uint8Array)[]> {
  const width = Math.min(Math.max(columns, 40), 120)
  const parts: (string | Uint8Array)[] = [`${formatFacts(run).join('\n')}\n`]
  for (const { title, series, range, log } of createCharts(run)) {
    const named = series.map(nameInOneLine)
    const drawn = picture
      ? drawing(
          terminalCurve({
            series: named,
            columns: width,
            rows: 10,
            color: picture.color,
            log,
            ...(range && { range }),
          }),
        )
      : formatSeries(named)
    parts.push(`\n${oneLine(title)}\n`, drawn, '\n')
  }
  const last = run.samples.at(-1)
  if (last && picture) {
    const preview = await previewFile(last.path, run.path, width, picture)
    parts.push(`\nSamples after step ${formatCount(last.step)}\n`, preview, '\n')
  }
  const incidents = listIncidents(run.history)
  if (incidents.length > 0)
    parts.push(`${['\nWhat happened', ...incidents.flatMap(formatIncident)].join('\n')}\n`)
  return parts
}

function nameInOneLine<Named extends { readonly name: string }>(series: Named): Named {
  return { ...series, name: oneLine(series.name) }
}

/** A picture of samples, or why it can't be shown: the rest of the run is worth a look all the same. */
async function previewFile(
  path: string,
  run: string,
  columns: number,
  { color, protocol, room }: PictureOptions,
): Promise<string | Uint8Array> {
  try {
    const picture = decodePng(await readSampleFile(path, run))
    if (protocol !== 'blocks') return drawing(inlinePicture(picture, { protocol, ...room }))
    return drawing(terminalPreview(cutGrid(picture) ?? picture, { columns, rows: 15, color }))
  } catch (error) {
    if (!isGankitError(error)) throw error
    return error.message
  }
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
  return facts.map(([name, value]) => `${name.padEnd(10)}${oneLine(value)}`)
}

function formatIncident({ kind, step, title, evidence, advice }: Incident): string[] {
  const head = `  step ${formatCount(step)}  ${kind}: ${oneLine(title)}`
  return [
    head,
    ...(evidence ? [`    ${oneLine(evidence)}`] : []),
    ...(advice ? [`    Try: ${oneLine(advice)}`] : []),
  ]
}
