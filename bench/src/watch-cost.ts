import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openSteering } from '@gankit/experiment/node'

export interface WatchCostOptions {
  /** Steps of one run. */
  readonly steps: number
  /** Runs of each kind, which take turns. */
  readonly rounds: number
  /** Pages that watch. */
  readonly pages: number
  readonly threads: number
}

const root = resolve(import.meta.dirname, '../..')
/** Has the process say at its end how much time of a processor it took, all its threads together and no other process. */
const sayUsage =
  "process.on('exit', () => { const { user, system } = process.cpuUsage(); process._rawDebug('took ' + (user + system) + ' µs') })"

/** What one run took. */
interface Cost {
  /** Seconds of a processor in the process that trains. */
  readonly processor: number
  /** Seconds from its first step to its last. */
  readonly seconds: number
}

/**
 * What pages that watch a run cost it: the time of a processor that the process which trains takes, beside runs that nobody
 * watches; and what looking at `steering.json` takes by itself, which every run does.
 */
export async function timeWatching(options: WatchCostOptions): Promise<void> {
  const alone: Cost[] = []
  const withPages: Cost[] = []
  for (let round = 0; round < options.rounds; round++) {
    const kinds = [
      async () => void alone.push(await train(options, 0)),
      async () => void withPages.push(await train(options, options.pages)),
    ]
    for (const run of round % 2 === 0 ? kinds : kinds.reverse()) await run()
    const [a, w] = [alone.at(-1)!, withPages.at(-1)!]
    console.log(
      `round ${round + 1}: ${a.processor.toFixed(2)} s of a processor alone, ${w.processor.toFixed(2)} s with ${options.pages} pages; ${a.seconds.toFixed(1)} and ${w.seconds.toFixed(1)} s of training`,
    )
  }
  const share = (part: keyof Cost) => median(withPages.map((cost, i) => cost[part] / alone[i]![part] - 1))
  console.log(
    `${options.pages} pages: ${percent(share('processor'))} of the processor's time, ${percent(share('seconds'))} of the time of training, by the median round`,
  )
  console.log(`looking at steering.json: ${percent(await timeLooking())} of one processor`)
}

async function train({ steps, threads }: WatchCostOptions, pages: number): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-watch-cost-'))
  const words = ['train', 'mnist-digits', '--steps', String(steps), '--threads', String(threads), '--json']
  const child = spawn(
    process.execPath,
    [
      join(root, 'packages/cli/bin/gankit.js'),
      ...words,
      '--out',
      join(folder, 'run'),
      ...(pages > 0 ? ['--watch'] : []),
    ],
    {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(sayUsage)}` },
    },
  )
  let [out, err] = ['', '']
  let reading: Promise<unknown> | undefined
  child.stdout.on('data', data => (out += data))
  child.stderr.on('data', data => {
    err += data
    const [, port, token] = /:(\d+)\/#token=(\w+)\n/.exec(err) ?? []
    if (port && token) reading ??= Promise.all(Array.from({ length: pages }, () => readPage(port, token)))
  })
  const code = await new Promise(done => child.on('close', done))
  await reading
  rmSync(folder, { recursive: true, force: true })
  const took = /took (\d+) µs/.exec(err)?.[1]
  if (code !== 0 || took === undefined) throw new Error(`the run ended with ${code}: ${err}`)
  return { processor: Number(took) / 1e6, seconds: (JSON.parse(out) as { seconds: number }).seconds }
}

/** Reads events, and each picture of samples, as a page does, until the server ends. */
async function readPage(port: string, token: string): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` }
  const fetchPath = (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { headers })
  await (await fetchPath('/api/run')).json()
  const { body } = await fetchPath('/api/events')
  const decoder = new TextDecoder()
  for await (const part of body!)
    for (const [, url] of decoder.decode(part).matchAll(/"url":"([^"]+)"/g))
      await fetchPath(url!)
        .then(answer => answer.arrayBuffer())
        .catch(() => undefined)
}

/** The share of a processor that a process takes which does nothing but look whether somebody wants something. */
async function timeLooking(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-watch-cost-'))
  const measure = async () => {
    const [before, from] = [process.cpuUsage(), performance.now()]
    await wait(20_000)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000 / (performance.now() - from)
  }
  const nothing = await measure()
  const steering = await openSteering(folder)
  const looking = await measure()
  await steering.close()
  rmSync(folder, { recursive: true, force: true })
  return Math.max(0, looking - nothing)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function percent(share: number): string {
  return `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(2)}%`
}
