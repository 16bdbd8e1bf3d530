import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { startScript as start } from '@gankit/testkit/script'
import { onTestFinished } from 'vitest'

/** Starts a script of test/processes in a process of its own; it ends with the test at the latest. */
export async function startScript(name: string, ...given: string[]): Promise<ChildProcess> {
  const script = join(import.meta.dirname, '../../processes', name)
  const child = await start(script, given, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}
