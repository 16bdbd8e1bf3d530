import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface ProgramResult {
  /** Exit status; null if it had to be killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Settings {
  readonly cwd?: string
  readonly env?: Record<string, string>
  /** A module of processes/ to load first. */
  readonly preload?: string
}

const processes = join(import.meta.dirname, 'processes')
const tsx = createRequire(import.meta.url).resolve('tsx')

/** Runs a script of processes/ in a process of its own, which gets 150 seconds to end by itself. */
export function run(
  script: string,
  args: readonly string[] = [],
  { cwd, env, preload }: Settings = {},
): Promise<ProgramResult> {
  const modules = [...(preload ? [join(processes, preload)] : []), tsx]
  const imports = modules.flatMap(path => ['--import', pathToFileURL(path).href])
  const child = spawn(
    process.execPath,
    [...imports, '--conditions=@gankit/source', join(processes, script), ...args],
    { ...(cwd && { cwd }), env: { ...process.env, ...env }, timeout: 150_000, killSignal: 'SIGKILL' },
  )
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', text => {
      texts[name] += text
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve({ code, ...texts }))
  })
}
