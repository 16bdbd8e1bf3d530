import { join } from 'node:path'
import { endingOf } from '../file-ending.ts'
import { detectStreamColor, type Output } from '../output.ts'
import { nextCommands, shortPath } from './next-commands.ts'
import { readRun } from './read-run.ts'
import { dataOf } from './run-data.ts'
import { textOf } from './run-text.ts'
import { writeReportOf } from './write-report.ts'

export interface InspectRunFlags {
  readonly out?: string
  readonly json?: boolean
}

/** Reads a run, writes its report and prints what is in it. @throws GankitError for a folder that is no run */
export async function inspectRun(
  folder: string,
  { out = join(folder, 'report.html'), json }: InspectRunFlags,
  { out: stdout }: Output,
): Promise<void> {
  endingOf('--out', out, ['.html'])
  const run = await readRun(folder)
  const report = await writeReportOf(run, out)
  if (json) {
    stdout.write(`${JSON.stringify(dataOf(run, report))}\n`)
    return
  }
  const { columns = 80 } = stdout
  stdout.write(`\n${await textOf(run, { columns, color: detectStreamColor(stdout) })}\n`)
  stdout.write(`${'report'.padEnd(10)}${shortPath(report)}\n`)
  for (const { purpose, command } of nextCommands(run)) stdout.write(`${purpose}: ${command}\n`)
}
