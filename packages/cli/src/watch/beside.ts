import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

/** The variable of the environment that tells `gankit watch` that it works for the process which began it. */
export const forParent = 'GANKIT_WATCHES_FOR_PARENT'

/** What the process that watches says to the one that trains, once it listens. */
export interface Report {
  readonly url: string
}

/** A page beside a run of this process. */
export interface Beside {
  /** Undefined where the server could not be started. */
  readonly url: string | undefined
  /** Ends the server, once pages have seen the end of the run, or two seconds later. */
  end(): Promise<void>
}

/** Milliseconds that the server may take to start. */
const maxStart = 30_000

/**
 * Serves the page of a run that this process trains, from a process of its own: it takes none of the time of training, and
 * whatever happens to it the run goes on. Never rejects.
 */
export async function startBeside(run: string): Promise<Beside> {
  try {
    return await forkWatch(run)
  } catch {
    return { url: undefined, end: async () => {} }
  }
}

async function forkWatch(run: string): Promise<Beside> {
  const manifest = createRequire(import.meta.url).resolve('@gankit/cli/package.json')
  const child = fork(join(dirname(manifest), 'bin/gankit.js'), ['watch', resolve(run)], {
    env: { ...process.env, [forParent]: '1' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const gone = new Promise<undefined>(done => {
    child.once('exit', () => done(undefined))
    child.once('error', () => done(undefined))
  })
  let timer: NodeJS.Timeout | undefined
  const report = await Promise.race([
    new Promise<Report>(got => child.once('message', message => got(message as Report))),
    gone,
    new Promise<undefined>(done => {
      timer = setTimeout(() => done(undefined), maxStart)
    }),
  ])
  clearTimeout(timer)
  if (!report) child.kill('SIGKILL')
  return {
    url: report?.url,
    async end() {
      if (child.connected) child.disconnect()
      await gone
    },
  }
}
