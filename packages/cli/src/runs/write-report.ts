import { join, resolve } from 'node:path'
import { writeAside } from '@gankit/trainer/node'
import { type Fact, runReport } from '@gankit/visualization/node'
import { chooseGrids } from './choose-grids.ts'
import { durationOf } from './duration.ts'
import { incidentsOf } from './incidents.ts'
import { nextCommands } from './next-commands.ts'
import { type Run, readRun } from './read-run.ts'
import { chartsOf } from './run-charts.ts'

/**
 * Writes the report of a run: one HTML file that opens anywhere.
 * @param out where to; default: report.html in the run directory
 * @returns its absolute path
 * @throws GankitError for a folder that is no run, and when it can't be written
 */
export async function writeReport(
  runPath: string,
  out: string = join(runPath, 'report.html'),
): Promise<string> {
  return writeReportOf(await readRun(runPath), out)
}

/** The same for a run that has been read. */
export async function writeReportOf(run: Run, out: string): Promise<string> {
  const { name, config, state, why, samples, history } = run
  const grids = await chooseGrids(samples)
  const html = await runReport({
    title: name,
    subtitle: `${config.app}, preset ${config.preset}, began ${run.when.toLocaleString('en', { dateStyle: 'long', timeStyle: 'short' })}`,
    state: { name: state, ...(why !== undefined && { why }) },
    summary: summaryOf(run),
    // The version of the file says nothing about the run.
    config: Object.fromEntries(Object.entries(config).filter(([key]) => key !== 'version')),
    curves: chartsOf(run),
    grids,
    ...(grids.length < samples.length && {
      gridsNote: `${grids.length} of ${samples.length} grids; the others are in the run's folder samples.`,
    }),
    findings: incidentsOf(history),
    commands: nextCommands(run),
  })
  await writeAside(out, html)
  return resolve(out)
}

function summaryOf({ step, steps, history, config }: Run): Fact[] {
  const { images, seconds, points, findings, rollbacks, warnings } = history
  const last = points.at(-1)
  const counted = [count(rollbacks.length, 'rollback'), count(warnings.length, 'warning')].filter(Boolean)
  return [
    { name: 'Steps', value: number(step), ...(step !== steps && { note: `of ${number(steps)}` }) },
    { name: 'Images seen', value: number(images) },
    { name: 'Time', value: durationOf(seconds) },
    {
      name: 'Backend',
      value: config.backend?.name ?? 'unknown',
      note: config.backend?.precision ?? 'float32',
    },
    { name: 'Loss D, last', value: figure(last?.lossD) },
    { name: 'Loss G, last', value: figure(last?.lossG) },
    { name: 'D(real), D(fake), last', value: `${figure(last?.dReal)}, ${figure(last?.dFake)}` },
    {
      name: 'Findings',
      value: number(findings.length),
      ...(counted.length > 0 && { note: counted.join(', ') }),
    },
  ]
}

function count(of: number, what: string): string {
  return of === 0 ? '' : `${number(of)} ${what}${of === 1 ? '' : 's'}`
}

function figure(value: number | undefined): string {
  if (value === undefined) return '–'
  return Number.isFinite(value) ? value.toFixed(3) : 'not finite'
}

const number = (value: number): string => value.toLocaleString('en')
