import { basename, extname } from 'node:path'
import { isGankitError, parseJson } from '@gankit/core'
import { readFileBytes } from '@gankit/core/node'
import {
  changeSteering,
  checkSteeringChanges,
  listSampleFiles,
  readRunDescription,
  runFiles,
} from '@gankit/experiment/node'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { stream } from 'hono/streaming'
import { chooseRunTitle } from '../runs/describe.ts'
import { readSampleFile } from '../runs/sample-file.ts'
import type { RunFollower } from './follower.ts'
import {
  addHeaders,
  refuse,
  refuseForeign,
  requireToken,
  storeNothing,
  type WatchEnvironment,
} from './requests.ts'
import { serveSite } from './site.ts'
import { streamEvents } from './stream.ts'

/** What the server answers about. */
export interface WatchContext {
  /** The run's folder. */
  readonly run: string
  readonly follower: RunFollower
  readonly token: string
  /** The folder of the page; null where it is not installed. */
  readonly site: string | null
  /** The port that the server listens on, once it does. */
  port(): number
  /** Whether the server is about to end. */
  isEnding(): boolean
}

/** Bytes of a request that changes something, and of a text of samples, at most. */
const maxBodyBytes = 512
const maxTextBytes = 2 ** 20
/** Pages that get events at once, at most. */
const maxStreams = 64

/** The server as a function of requests: what a page may ask of a run, and the page itself. */
export function createRoutes(watch: WatchContext): Hono<WatchEnvironment> {
  const { run, follower, token, site } = watch
  const app = new Hono<WatchEnvironment>()
  let streams = 0
  app.onError((error, context) =>
    isGankitError(error)
      ? refuse(context, error.kind === 'state' ? 409 : 400, plainMessage(error))
      : refuse(context, 500, error.message),
  )
  app.use(addHeaders, storeNothing, refuseForeign(watch.port))
  app.use('/api/*', requireToken(token))

  app.get('/api/run', async context => context.json(await describeRun(watch)))

  app.get('/api/events', async context => {
    const after = Number(context.req.query('after') ?? 0)
    if (!Number.isSafeInteger(after) || after < 0)
      return refuse(context, 400, `after is ${context.req.query('after')}, expected a number of lines`)
    // Hono answers HEAD as GET, and nobody would read what it streams.
    if (context.req.method === 'HEAD') return refuseOther(context, app)
    if (streams >= maxStreams)
      return refuse(context, 503, `${maxStreams} pages watch this run already: close some`)
    await follower.refresh()
    streams++
    const release = follower.follow()
    context.header('Content-Type', 'text/event-stream')
    return stream(
      context,
      async out => {
        out.onAbort(() => follower.wake())
        try {
          await streamEvents(follower, out, after, watch.isEnding)
        } finally {
          streams--
          release()
        }
      },
      // What goes wrong ends the stream, and the page asks again.
      async () => {},
    )
  })

  app.get('/api/samples/:name', async context => {
    const name = context.req.param('name')
    const sample = await readSample(run, name)
    if (!sample) return refuse(context, 404, `there are no samples '${name}'`)
    const type = extname(name) === '.txt' ? 'text/plain; charset=utf-8' : 'image/png'
    return context.body(sample as Uint8Array<ArrayBuffer>, 200, { 'Content-Type': type })
  })

  app.post(
    '/api/steering',
    bodyLimit({
      maxSize: maxBodyBytes,
      onError: context => refuse(context, 413, `there are more than ${maxBodyBytes} bytes`),
    }),
    async context => {
      if (!/^application\/json\b/.test(context.req.header('Content-Type') ?? ''))
        return refuse(context, 415, 'the content is no application/json')
      const changes = checkSteeringChanges(readJson(await context.req.text()))
      await follower.refresh()
      if (!follower.status.canSteer)
        return refuse(context, 409, 'nobody trains this run: it can’t be steered')
      const { paused, learningRateScale, stop } = await changeSteering(run, changes)
      return context.json({ steering: { paused, learningRateScale, stop } }, 202)
    },
  )

  app.all('/api/*', context => refuseOther(context, app))
  app.get('*', serveSite(site))
  app.all('*', context => refuse(context, 405, `${context.req.method} is nothing that one can do here`))
  return app
}

/** What a page shows of a run before its events. */
async function describeRun({ run, follower }: WatchContext): Promise<object> {
  await follower.refresh()
  const { config, ...description } = await readRunDescription(run)
  const { scalars, status, samples, real } = follower
  return {
    name: basename(run),
    app: description.app,
    title: chooseRunTitle({ app: description.app, ...(config && { config }) }),
    config: config ?? null,
    description,
    scalars,
    ...status,
    samples,
    ...(real !== undefined && { real }),
  }
}

/** The samples of a name; undefined for a name that is not that of samples of the run. */
async function readSample(run: string, name: string): Promise<Buffer | undefined> {
  const { realSamples } = runFiles(run)
  const listed = (await listSampleFiles(run)).find(({ path }) => basename(path) === name)?.path
  const path = listed ?? (name === basename(realSamples) ? realSamples : undefined)
  if (path === undefined) return undefined
  return extname(path) === '.txt'
    ? readFileBytes(path, { within: run, maxBytes: maxTextBytes })
    : readSampleFile(path, run)
}

function readJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return text
  }
}

/** A known address with another method, or none that is known. */
function refuseOther(context: Context, app: Hono<WatchEnvironment>): Response {
  const { path, method } = context.req
  const known = app.routes
    .filter(route => route.method !== 'ALL' && !route.path.includes('*'))
    .filter(route => new RegExp(`^${route.path.replace(/:\w+/, '[^/]+')}$`).test(path))
    .map(route => route.method)
  if (known.length === 0) return refuse(context, 404, 'there is nothing at this address')
  context.header('Allow', [...new Set(known)].join(', '))
  return refuse(context, 405, `${method} is nothing that one can do here, expected ${known[0]}`)
}

/** An error without the name of its package, which says nothing to whoever watches. */
function plainMessage({ message }: Error): string {
  return message.replace(/^\[gankit\/\w+\] /, '')
}
