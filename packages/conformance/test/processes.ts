import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface Ended {
  /** Exit status; null if it had to be killed. */
  readonly code: number | null
  /** What it printed as the last line, read as JSON. */
  readonly value: unknown
  readonly stderr: string
}

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** Runs a script of processes/ in a process of its own, which gets so many seconds to end by itself. */
export function run(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
  seconds: number,
): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--import', tsx, '--conditions=@gankit/source', join(import.meta.dirname, 'processes', script), ...args],
    { env: { ...process.env, ...env }, timeout: 1000 * seconds, killSignal: 'SIGKILL' },
  )
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', text => {
      texts[name] += text
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => {
      const last = texts.stdout.slice(texts.stdout.lastIndexOf('\n'))
      resolve({ code, value: last.trim() === '' ? undefined : JSON.parse(last), stderr: texts.stderr })
    })
  })
}
