import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface ProgramOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Ends the program and its child processes. */
  readonly signal?: AbortSignal | undefined
  /** Time limit. */
  readonly seconds?: number
  /** A folder that grows while the program works; the program is ended when the folder stops growing for too long. */
  readonly growing?: Growing
}

export interface Growing {
  readonly folder: string
  /** Time limits for the first byte, and from one to the next. */
  readonly seconds: { readonly first: number; readonly next: number }
  /** Called now and then with the bytes by which the folder grew. */
  report(bytes: number): void
}

export interface ProgramResult {
  /** Exit status, or the signal that ended the program. */
  readonly code: number | NodeJS.Signals
  /** The end of the output. */
  readonly stdout: string
  readonly stderr: string
  /** Why gankit ended the program, where it did. */
  readonly stopped?: string
}

/** Characters of output that are kept. */
const maxOutput = 64 * 1024

/**
 * Runs a program to its end. Its child processes end with it.
 * @throws the signal's reason, or an Error where the program can't be started
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env, signal, seconds, growing }: ProgramOptions = {},
): Promise<ProgramResult> {
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
      texts[name] = (texts[name] + text).slice(-maxOutput)
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
    const code = await new Promise<ProgramResult['code']>((resolve, reject) => {
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
    // The program has ended by itself.
  }
}

function watchGrowth(
  { folder, seconds, report }: Growing,
  stop: (why: string) => void,
): { last(): Promise<void>; end(): void } {
  const start = measureFolder(folder)
  let [bytes, since] = [0, performance.now()]
  const look = async () => {
    const now = (await measureFolder(folder)) - (await start)
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

/** Bytes of all files below a folder; files that vanish meanwhile count as empty. */
export async function measureFolder(folder: string): Promise<number> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const sizes = entries.map(async entry => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return measureFolder(path)
      return entry.isFile() ? (await stat(path)).size : 0
    })
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  } catch {
    return 0
  }
}
