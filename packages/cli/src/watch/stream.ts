import type { StreamingApi } from 'hono/utils/stream'
import type { ListedSample, RunFollower } from './follower.ts'

/** Milliseconds after which a page that got nothing gets a sign that the server is there. */
const heartbeat = 15_000

/**
 * Sends a page the events of a run behind a line, and then whatever happens, until it goes or the server ends. It is asked for
 * no more than the page reads: one that is slow skips nothing and fills no memory, it gets larger parts later.
 * @param after lines that the page has
 * @param isEnding whether the server is about to end: then the page gets what there is, and no more
 */
export async function streamEvents(
  follower: RunFollower,
  stream: StreamingApi,
  after: number,
  isEnding: () => boolean,
): Promise<void> {
  const { events } = follower
  const sent = new Set<string>()
  let { generation } = events
  let place = await events.find(after)
  if (!place) await stream.write(formatMessage('restart', {}))
  place ??= { line: 0, offset: 0 }
  let status = ''
  for (;;) {
    if (stream.aborted) return
    if (events.generation !== generation) {
      generation = events.generation
      place = { line: 0, offset: 0 }
      await stream.write(formatMessage('restart', {}))
    }
    const { records, json, end } = await events.read(place)
    const hasRead = end.offset > place.offset
    place = end
    if (records.length > 0) await stream.write(`id: ${end.line}\ndata: ${json}\n\n`)
    // There may be more than one part.
    if (hasRead) continue
    const added = takeNew(follower.samples, sent)
    const now = JSON.stringify(follower.status)
    if (now !== status || added.length > 0)
      await stream.write(formatMessage('status', { ...follower.status, samples: added }))
    status = now
    if (isEnding()) return
    const from = performance.now()
    await follower.change(heartbeat)
    if (performance.now() - from >= heartbeat) await stream.write(': here\n\n')
  }
}

/** Samples that were not sent yet. */
function takeNew(samples: readonly ListedSample[], sent: Set<string>): readonly ListedSample[] {
  const added = samples.filter(({ url }) => !sent.has(url))
  for (const { url } of added) sent.add(url)
  return added
}

function formatMessage(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
