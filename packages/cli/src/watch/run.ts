import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import { findNamedRun, readRunDescription, runsFolder } from '@gankit/experiment/node'
import { runUntilSignal } from '../terminal/interrupt.ts'
import { formatCommand, shortenPath, type Terminal } from '../terminal/terminal.ts'
import { forParent, type Report } from './beside.ts'
import { openWatchServer } from './server.ts'

/** What was typed behind `gankit watch`. */
export interface WatchFlags {
  readonly port?: number
  readonly open?: boolean
}

/**
 * Serves the page of a run until a signal comes; where `gankit train --watch` began it, until that ends.
 * @throws GankitError for a folder that is no run, and a port that can't be used
 */
export async function watchRun(
  name: string | undefined,
  { port, open }: WatchFlags,
  terminal: Terminal,
): Promise<void> {
  const run = await findRun(name)
  await readRunDescription(run)
  if (process.env[forParent] !== undefined && process.send)
    return serveForParent(run, process.send.bind(process))
  const server = await openWatchServer(resolve(run), { port })
  terminal.out.write(`${server.url}\n`)
  terminal.progress.write(
    `This page shows ${shortenPath(resolve(run))}, to this machine alone; who has its address can steer the run. Ctrl-C ends it.\n`,
  )
  if (open) openBrowser(server.url, note => terminal.progress.write(note))
  await runUntilSignal(
    terminal,
    signal =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      }),
    'the run goes on',
  ).finally(() => server.end())
}

/** Milliseconds that pages have to get the end of a run. */
const grace = 2000

/** Serves the page of a run that another process trains, until that process lets go of this one. */
async function serveForParent(run: string, send: (report: Report) => void): Promise<void> {
  // A signal is for the run, which ends with a checkpoint; pages are to see that.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {})
  const over = new Promise<void>(done => process.once('disconnect', done))
  const server = await openWatchServer(resolve(run))
  send({ url: server.url })
  await over
  await server.end(grace)
}

/** @throws GankitError where there is no run of that name, or none at all */
async function findRun(name = 'latest'): Promise<string> {
  const run = await findNamedRun(name)
  if (run !== undefined || name !== 'latest') return run ?? name
  throw new GankitError(
    'cli',
    'option',
    `there is no run in ${runsFolder}, expected one to watch: begin one with ${formatCommand('train', 'mnist-digits', '--watch')}`,
  )
}

/** What opens an address, by the system. */
const openers: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

/** Opens the page, but on a machine where nobody sits. */
function openBrowser(url: string, note: (text: string) => void): void {
  if (process.env['CI']) {
    note('No browser is opened, as CI is set.\n')
    return
  }
  const [command, ...words] = openers[process.platform] ?? ['xdg-open']
  const child = spawn(command!, [...words, url], { stdio: 'ignore', detached: true })
  child.on('error', ({ message }) =>
    note(`No browser could be opened (${message}): open the address yourself.\n`),
  )
  child.unref()
}
