import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { GankitError } from '@gankit/core'
import { createAdaptorServer } from '@hono/node-server'
import { RunFollower } from './follower.ts'
import { createRoutes } from './routes.ts'
import { resolveWatchPage } from './site.ts'

/** A server under way. */
export interface WatchServer {
  /** The address of the page, with the token behind `#`, which browsers send to no server. */
  readonly url: string
  readonly port: number
  readonly token: string
  /**
   * Ends the server.
   * @param grace milliseconds in which pages may still get what there is; default none
   */
  end(grace?: number): Promise<void>
}

export interface WatchServerOptions {
  /** Default: a free one. */
  readonly port?: number | undefined
  /** The folder of the page, or null for none. Default: the one that comes with this package. */
  readonly site?: string | null
}

/** Only this machine itself reaches it. */
const address = '127.0.0.1'
/** Connections at once, at most: a browser has up to six for each tab. */
const maxConnections = 256
/** What a slow or hostile client may take of the server. */
const serverOptions = { maxHeaderSize: 8192, headersTimeout: 10_000, requestTimeout: 20_000 }

/**
 * Serves the page of a run on this machine's own address.
 * @throws GankitError for a port that can't be used
 */
export async function openWatchServer(
  run: string,
  { port: wanted = 0, site = resolveWatchPage() ?? null }: WatchServerOptions = {},
): Promise<WatchServer> {
  const follower = new RunFollower(run)
  const token = randomBytes(16).toString('hex')
  let isEnding = false
  let port = 0
  const routes = createRoutes({ run, follower, token, site, port: () => port, isEnding: () => isEnding })
  const server = createAdaptorServer({ fetch: routes.fetch, serverOptions }) as Server
  server.maxConnections = maxConnections
  port = await listen(server, wanted)
  return {
    url: `http://${address}:${port}/#token=${token}`,
    port,
    token,
    async end(grace = 0) {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      if (grace > 0) await follower.refreshNow()
      isEnding = true
      follower.wake()
      const idle = setInterval(() => server.closeIdleConnections(), 50)
      if (grace > 0) await Promise.race([closed, wait(grace, undefined, { ref: false })])
      clearInterval(idle)
      server.closeAllConnections()
      await closed
    },
  }
}

/** @returns the port */
function listen(server: Server, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainPort(wanted, error)))
    server.listen(wanted, address, () => resolve((server.address() as AddressInfo).port))
  })
}

function explainPort(port: number, { code, message }: NodeJS.ErrnoException): GankitError {
  const what = code === 'EADDRINUSE' ? 'another program uses' : `can't be used (${message})`
  return new GankitError(
    'cli',
    'option',
    `--port is ${port}, which ${what}, expected a free one: leave it out, and one is chosen`,
  )
}
