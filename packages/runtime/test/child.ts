import { join } from 'node:path'
import { runScript, type ScriptOptions, type ScriptResult } from '@gankit/testkit/script'

const processes = join(import.meta.dirname, 'processes')

/** Runs a script of processes/ in a process of its own, which gets 150 seconds to end by itself. */
export function run(
  script: string,
  args: readonly string[] = [],
  { preload, ...options }: ScriptOptions = {},
): Promise<ScriptResult> {
  return runScript(join(processes, script), args, {
    ...options,
    ...(preload && { preload: join(processes, preload) }),
  })
}
