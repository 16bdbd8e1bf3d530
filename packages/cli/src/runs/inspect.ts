import { resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import type { RunConfig } from '@gankit/experiment'
import { findNamedRun, type Run, readRun, runFiles } from '@gankit/experiment/node'
import { formatJson } from '../terminal/filter.ts'
import { detectColors, detectProtocol, inlineRoom } from '../terminal/pictures.ts'
import { shortenPath, type Terminal } from '../terminal/terminal.ts'
import { writeAnimation } from './animation.ts'
import { type CurveSummary, summarizeCurves } from './charts.ts'
import { listNextCommands } from './describe.ts'
import { writeReportOf } from './html-report.ts'
import { formatRun } from './text.ts'

/** What was typed behind `gankit inspect`. */
export interface InspectRunFlags {
  readonly out?: string
  readonly json?: boolean
  /** The file for an animation. */
  readonly animation?: string
  /** Frames a second. */
  readonly fps?: number
  /** Pixels. */
  readonly width?: number
}

/** What `gankit inspect --json` prints. */
export interface RunData
  extends Pick<Run, 'state' | 'step' | 'steps' | 'skippedLines' | 'checkpoints' | 'samples'>,
    Pick<
      Run['history'],
      'samplesSeen' | 'seconds' | 'metrics' | 'findings' | 'warnings' | 'rollbacks' | 'steered'
    > {
  readonly run: string
  /** Null for a run of an earlier version. */
  readonly config: RunConfig | null
  readonly why: string | null
  /** Each scalar's curve, by its name. */
  readonly curves: Readonly<Record<string, CurveSummary>>
  /** Where the report was written. */
  readonly report: string
  /** Where the animation was written; null where none was asked for. */
  readonly animation: string | null
}

/** Reads a run, writes its report and prints what is in it. @throws GankitError for a folder that is no run */
export async function inspectRun(
  name: string,
  flags: InspectRunFlags,
  { out: stdout }: Terminal,
): Promise<void> {
  const { out, json, animation, fps, width } = flags
  checkAnimationFlags(flags)
  const folder = (await findNamedRun(name)) ?? name
  const run = await readRun(folder)
  const report = await writeReportOf(run, out ?? runFiles(folder).report)
  const written =
    animation === undefined
      ? undefined
      : await writeAnimation(run, animation, {
          ...(fps !== undefined && { fps }),
          ...(width !== undefined && { width }),
        })
  if (json) {
    stdout.write(formatJson(createData(run, report, animation)))
    return
  }
  const { columns = 80 } = stdout
  const protocol = detectProtocol(stdout)
  const picture =
    protocol === 'none' ? undefined : { color: detectColors(stdout), protocol, room: inlineRoom(stdout) }
  stdout.write('\n')
  for (const part of await formatRun(run, { columns, picture })) stdout.write(part)
  stdout.write('\n')
  stdout.write(`${'report'.padEnd(10)}${shortenPath(report)}\n`)
  if (written !== undefined) stdout.write(`${'animation'.padEnd(10)}${written}\n`)
  for (const { purpose, command } of listNextCommands(run)) stdout.write(`${purpose}: ${command}\n`)
}

/** @throws GankitError for flags of an animation that is not asked for */
function checkAnimationFlags({ animation, fps, width }: InspectRunFlags): void {
  const [given] = Object.entries({ fps, width }).find(([, value]) => value !== undefined) ?? []
  if (animation !== undefined || given === undefined) return
  throw new GankitError(
    'cli',
    'option',
    `--${given} is given without --animation, expected both: add --animation training.gif, or leave it out`,
  )
}

function createData(run: Run, report: string, animation: string | undefined): RunData {
  const {
    path,
    config = null,
    state,
    why = null,
    step,
    steps,
    history,
    skippedLines,
    checkpoints,
    samples,
  } = run
  const { samplesSeen, seconds, metrics, findings, warnings, rollbacks, steered } = history
  return {
    run: path,
    config,
    state,
    why,
    step,
    steps,
    samplesSeen,
    seconds,
    curves: summarizeCurves(run),
    metrics,
    findings,
    warnings,
    rollbacks,
    steered,
    skippedLines,
    checkpoints,
    samples,
    report,
    animation: animation === undefined ? null : resolve(animation),
  }
}
