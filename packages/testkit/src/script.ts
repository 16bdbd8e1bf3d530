import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compile, compileScript } from '../../../scripts/compile.js'

export interface ScriptOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** A module that Node loads before the script. */
  readonly preload?: string
  /** Seconds after which the process is killed. Default: 150. */
  readonly seconds?: number
}

export interface ScriptResult {
  /** Exit status; null if it had to be killed. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const compiled = new Map<string, Promise<string>>()

/** Starts a script, which may import sources in TypeScript, in a process of its own. */
export async function startScript(
  file: string,
  args: readonly string[] = [],
  { preload, ...options }: SpawnOptions & Pick<ScriptOptions, 'preload'> = {},
): Promise<ChildProcess> {
  const path = compiled.get(file) ?? compileScript(file)
  compiled.set(file, path)
  const flags = preload ? ['--import', pathToFileURL(preload).href] : []
  return spawn(process.execPath, [...flags, await path, ...args], options)
}

/** Runs a script to its end, in a process of its own. */
export async function runScript(
  file: string,
  args: readonly string[] = [],
  { env, seconds = 150, ...options }: ScriptOptions = {},
): Promise<ScriptResult> {
  const child = await startScript(file, args, {
    ...options,
    env: { ...process.env, ...env },
    timeout: 1000 * seconds,
    killSignal: 'SIGKILL',
  })
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name]!.setEncoding('utf8').on('data', text => {
      texts[name] += text
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve({ code, ...texts }))
  })
}

/** Imports the entry of a package as the command of a checkout does, compiled: processes that it starts start sooner. */
export async function importCompiled<Module>(packageFolder: string, entry: string): Promise<Module> {
  const address = pathToFileURL(join(packageFolder, await compile(), `${entry}.js`)).href
  return import(/* @vite-ignore */ address)
}
