import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

// The command as the package under test resolves it, or else the workspace.
const manifest = createRequire(join(process.cwd(), 'package.json')).resolve('@gankit/cli/package.json')
const bin = join(manifest, '../bin/gankit.js')

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface RunningCommand {
  readonly ended: Promise<Ended>
  /** Resolves when standard error contains this text. */
  says(text: string): Promise<void>
  /** Standard error so far. */
  said(): string
  kill(signal: NodeJS.Signals): void
  /** Closes the pipes that the command prints to. */
  stopReading(): void
}

/** Starts the command in a process of its own, in a folder. */
export function start(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): RunningCommand {
  const child = spawn(process.execPath, [bin, ...words], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', data => (out += data))
  child.stderr.on('data', data => (err += data))
  return {
    ended: new Promise(resolve => child.on('close', code => resolve({ code, out, err }))),
    says: text =>
      new Promise((resolve, reject) => {
        const look = () => err.includes(text) && resolve()
        look()
        child.stderr.on('data', look)
        child.on('close', () => reject(new Error(`it ended without saying '${text}': ${err}`)))
      }),
    said: () => err,
    kill: signal => void child.kill(signal),
    stopReading() {
      child.stdout.destroy()
      child.stderr.destroy()
    },
  }
}

/** Runs the command to its end. */
export function gankit(words: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): Promise<Ended> {
  return start(words, cwd, env).ended
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** An empty folder, which is deleted after all tests of the file. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-cli-'))
  folders.push(folder)
  return folder
}

/** The paths of everything below a folder, sorted. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort()
}
