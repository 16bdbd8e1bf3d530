import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface ProgramOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Ends it, and whatever it started. */
  readonly signal?: AbortSignal | undefined
  /** How long it may take. */
  readonly seconds?: number
  /** A folder that grows while it works; where it stops growing for too long, the program is ended. */
  readonly growing?: Growing
}

export interface Growing {
  readonly folder: string
  /** How long until the first byte, and between two. */
  readonly seconds: { readonly first: number; readonly next: number }
  /** Told now and then how much it grew. */
  report(bytes: number): void
}

export interface Ended {
  /** Exit status, or the signal that ended it. */
  readonly code: number | NodeJS.Signals
  /** The end of what it printed. */
  readonly stdout: string
  readonly stderr: string
  /** Why we ended it, where we did. */
  readonly stopped?: string
}

/** Characters of output that are kept. */
const kept = 64 * 1024

/**
 * Runs a program to its end. Whatever it starts is ended with it.
 * @throws the signal's reason when it is aborted, or an Error when the program can't be started
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env, signal, seconds, growing }: ProgramOptions = {},
): Promise<Ended> {
  signal?.throwIfAborted()
  const child = spawn(program, args, {
    ...(cwd && { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] = (texts[name] + text).slice(-kept)
    })
  let stopped: string | undefined
  const stop = (why: string) => {
    stopped ??= why
    endWithChildren(child.pid)
  }
  const abort = () => stop('aborted')
  signal?.addEventListener('abort', abort, { once: true })
  process.once('exit', abort)
  const timer = seconds && setTimeout(() => stop(`it took longer than ${seconds} s`), 1000 * seconds)
  const watch = growing && watchGrowth(growing, stop)
  try {
    const code = await new Promise<Ended['code']>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (status, signal) => resolve(status ?? signal!))
    })
    signal?.throwIfAborted()
    await watch?.last()
    return { code, ...texts, ...(stopped && { stopped }) }
  } finally {
    signal?.removeEventListener('abort', abort)
    process.off('exit', abort)
    clearTimeout(timer || undefined)
    watch?.end()
  }
}

function endWithChildren(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    if (process.platform === 'win32')
      spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' })
    else process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself meanwhile.
  }
}

function watchGrowth(
  { folder, seconds, report }: Growing,
  stop: (why: string) => void,
): { last(): Promise<void>; end(): void } {
  const start = sizeOf(folder)
  let [bytes, since] = [0, performance.now()]
  const look = async () => {
    const now = (await sizeOf(folder)) - (await start)
    if (now !== bytes) since = performance.now()
    bytes = now
    report(bytes)
  }
  const timer = setInterval(async () => {
    await look()
    const limit = bytes > 0 ? seconds.next : seconds.first
    if (performance.now() - since > 1000 * limit) stop(`nothing came for ${limit} s`)
  }, 400)
  return { last: look, end: () => clearInterval(timer) }
}

/** Bytes of all files below a folder; what vanishes meanwhile counts as nothing. */
export async function sizeOf(folder: string): Promise<number> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const sizes = entries.map(async entry => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return sizeOf(path)
      return entry.isFile() ? (await stat(path)).size : 0
    })
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  } catch {
    return 0
  }
}
