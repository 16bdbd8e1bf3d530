import { join } from 'node:path'
import { runScript } from '@gankit/testkit/script'

export interface Ended {
  /** Exit status; null if it had to be killed. */
  readonly code: number | null
  /** What it printed as the last line, read as JSON. */
  readonly value: unknown
  readonly stderr: string
}

/** Runs a script of processes/ in a process of its own, which gets so many seconds to end by itself. */
export async function run(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
  seconds: number,
): Promise<Ended> {
  const file = join(import.meta.dirname, 'processes', script)
  const { code, stdout, stderr } = await runScript(file, args, { env, seconds })
  const last = stdout.slice(stdout.lastIndexOf('\n'))
  return { code, value: last.trim() === '' ? undefined : JSON.parse(last), stderr }
}
