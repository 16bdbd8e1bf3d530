import { GankitError } from '@gankit/core'
import type { Ended } from './run-program.ts'

/** The line that says why a program failed, of the many that it may print. */
export function whyOf({ code, stdout, stderr, stopped }: Ended): string {
  if (stopped) return stopped
  const lines = `${stdout}\n${stderr}`.split('\n').map(line => line.trim())
  const said =
    lines.findLast(line => /^ERROR: /.test(line)) ??
    lines.find(line => /(\bfatal )?error: /i.test(line)) ??
    lines.findLast(line => /ERR!.*(Error|failed|not )/.test(line)) ??
    lines.findLast(line => line !== '')
  return (
    said?.replace(/^(ERROR|(npm|gyp) (error|ERR!)( stack)?):? */i, '').slice(0, 300) || `exit code ${code}`
  )
}

/** An install that failed; what was there before is there still. */
export function installError(what: string): GankitError {
  return new GankitError(
    'runtime',
    'backend',
    `native TensorFlow could not be installed: ${what}. Nothing was changed`,
  )
}
