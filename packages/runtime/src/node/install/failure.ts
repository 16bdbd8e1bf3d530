import { GankitError } from '@gankit/core'
import type { ProgramResult } from './run-program.ts'

/** The line of a program's output that says why the program failed. */
export function explainFailure({ code, stdout, stderr, stopped }: ProgramResult): string {
  if (stopped) return stopped
  const lines = `${stdout}\n${stderr}`.split('\n').map(line => line.trim())
  const line =
    lines.findLast(line => /^ERROR: /.test(line)) ??
    lines.find(line => /(\bfatal )?error: /i.test(line)) ??
    lines.findLast(line => /ERR!.*(Error|failed|not )/.test(line)) ??
    lines.findLast(line => line !== '')
  return (
    line?.replace(/^(ERROR|(npm|gyp) (error|ERR!)( stack)?):? */i, '').slice(0, 300) || `exit code ${code}`
  )
}

/** The error of a failed install, which left everything as it was. */
export function createInstallError(what: string): GankitError {
  return new GankitError(
    'runtime',
    'backend',
    `native TensorFlow could not be installed: ${what}. Nothing was changed`,
  )
}
