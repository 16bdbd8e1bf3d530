import { resolve } from 'node:path'
import { writeFileAtomic } from '@gankit/core/node'
import { listStreams } from '@gankit/experiment'
import { type Run, readRun, runFiles } from '@gankit/experiment/node'
import { type Fact, runReport } from '@gankit/visualization/node'
import { formatCount, formatDuration, formatPlural } from '../terminal/format.ts'
import { createCharts } from './charts.ts'
import { chooseRunTitle, listIncidents, listNextCommands } from './describe.ts'
import { readGrids, readRealSamples } from './grids.ts'

/**
 * Writes the report of a run: one HTML file that opens anywhere.
 * @param out the file. Default: report.html in the run directory
 * @returns its absolute path
 * @throws GankitError for a folder that is no run, and when the file can't be written
 */
export async function writeReport(runPath: string, out: string = runFiles(runPath).report): Promise<string> {
  return writeReportOf(await readRun(runPath), out)
}

/** The same for a run that has been read. */
export async function writeReportOf(run: Run, out: string): Promise<string> {
  const { name, app, preset, config, state, why, samples, history } = run
  const grids = await readGrids(samples)
  const realSamples = await readRealSamples(runFiles(run.path).realSamples)
  const html = await runReport({
    title: chooseRunTitle(run),
    subtitle: `${app}, preset ${preset}, run ${name}, began ${run.when.toLocaleString('en', { dateStyle: 'long', timeStyle: 'short' })}`,
    state: { name: state, ...(why !== undefined && { why }) },
    summary: listFacts(run),
    // The title stands above, and the version of the file says nothing about the run.
    config: Object.fromEntries(
      Object.entries(config ?? {}).filter(([key]) => !['version', 'title'].includes(key)),
    ),
    curves: createCharts(run),
    grids,
    ...(realSamples && { realSamples }),
    ...(grids.length < samples.length && {
      gridsNote: `${grids.length} of ${samples.length} grids; the others are in the run's folder samples.`,
    }),
    findings: listIncidents(history),
    commands: listNextCommands(run),
  })
  await writeFileAtomic(out, html)
  return resolve(out)
}

function listFacts({ step, steps, history, config }: Run): Fact[] {
  const { samplesSeen, seconds, findings, rollbacks, warnings } = history
  const others = [
    ...(rollbacks.length > 0 ? [formatPlural(rollbacks.length, 'rollback')] : []),
    ...(warnings.length > 0 ? [formatPlural(warnings.length, 'warning')] : []),
  ]
  const streams = config ? listStreams(config) : []
  const unit = streams.some(([, { dataset }]) => dataset.sampleShape.length === 3) ? 'images' : 'samples'
  return [
    {
      name: 'Steps',
      value: formatCount(step),
      ...(step !== steps && { note: `of ${formatCount(steps)}` }),
    },
    { name: 'Samples seen', value: formatCount(samplesSeen) },
    { name: 'Time', value: formatDuration(seconds) },
    ...(seconds > 0 && samplesSeen > 0
      ? [{ name: 'Speed', value: `${formatCount(roundSpeed(samplesSeen / seconds))} ${unit}/s` }]
      : []),
    ...(config ? [{ name: 'Backend', value: config.backend.name, note: config.backend.precision }] : []),
    ...listLastScalars(history),
    {
      name: 'Findings',
      value: formatCount(findings.length),
      ...(others.length > 0 && { note: others.join(', ') }),
    },
  ]
}

/** A speed in whole numbers, a slow one with a digit behind the point. */
function roundSpeed(speed: number): number {
  return speed < 10 ? Math.round(10 * speed) / 10 : Math.round(speed)
}

/** One fact a chart: 'loss, last' with 'D 1.386, G 0.693'. */
function listLastScalars({ scalars, points }: Run['history']): Fact[] {
  const last = points.at(-1)?.scalars
  if (!last) return []
  const charts = new Map<string, string[]>()
  for (const { name, label, chart, digits = 3 } of scalars) {
    const value = last[name] ?? Number.NaN
    const text = `${label} ${Number.isFinite(value) ? value.toFixed(digits) : '–'}`
    charts.set(chart, [...(charts.get(chart) ?? []), text])
  }
  return [...charts].map(([chart, texts]) => ({ name: `${chart}, last`, value: texts.join(', ') }))
}
