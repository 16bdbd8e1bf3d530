import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openWatchServer, type WatchServer } from '../../src/watch/server.ts'
import { events, writeRun } from '../hostile/run-files.ts'
import { useProject } from '../project.ts'
import { ask, type Message, readEvents, readUntil, send } from './client.ts'

useProject()

const servers: WatchServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.end()
})

/** Serves a run with these lines in its event file. */
async function serve(lines?: readonly string[]): Promise<WatchServer> {
  writeRun('run', lines ? { events: lines.map(line => `${line}\n`).join('') } : {})
  const server = await openWatchServer(resolve('run'), { site: null })
  servers.push(server)
  return server
}

const step = (n: number) => ({
  type: 'step',
  step: n,
  samplesSeen: 8 * n,
  seconds: n,
  scalars: { 'generator/loss': 0.5 },
})
const lineOf = (n: number) => JSON.stringify(step(n))
const append = (...lines: readonly string[]) =>
  appendFileSync('run/events.jsonl', lines.map(line => `${line}\n`).join(''))
const isStatus = ({ event }: Message) => event === 'status'
const stepsIn = (messages: readonly Message[]) =>
  messages
    .filter(({ event }) => event === 'message')
    .flatMap(({ data }) => (data as { type: string; step: number }[]).filter(({ type }) => type === 'step'))
    .map(each => each.step)

test('a page gets what there is, then what comes, each line once and with its number', async () => {
  const server = await serve()
  const stream = readEvents(server)
  const [first, status] = await readUntil(stream, isStatus)
  expect(first).toEqual({ event: 'message', id: events.length, data: events })
  expect(status!.data).toEqual({
    running: false,
    canSteer: false,
    steering: { paused: false, learningRateScale: 1, stop: false },
    samples: [],
  })
  append(lineOf(150))
  appendFileSync('run/events.jsonl', lineOf(200).slice(0, 20))
  expect((await stream.next()).value).toEqual({ event: 'message', id: events.length + 1, data: [step(150)] })
  appendFileSync('run/events.jsonl', `${lineOf(200).slice(20)}\n`)
  expect((await stream.next()).value).toEqual({ event: 'message', id: events.length + 2, data: [step(200)] })
  // Another page goes on behind what it has.
  const later = readEvents(server, events.length + 1)
  expect((await later.next()).value).toEqual({ event: 'message', id: events.length + 2, data: [step(200)] })
  for (const each of [stream, later]) await each.return()
})

test('new samples and what is known of the run come when they change', async () => {
  const server = await serve()
  const stream = readEvents(server, events.length)
  await readUntil(stream, isStatus)
  writeFileSync('run/samples/000150.txt', 'a b c\n')
  const { data } = (await readUntil(stream, isStatus)).at(-1)!
  expect(data).toMatchObject({
    samples: [{ step: 150, url: expect.stringContaining('/api/samples/000150.txt') }],
  })
  append(
    JSON.stringify({ type: 'steered', step: 150, paused: false, learningRateScale: 0.5, checkpoint: true }),
  )
  const steered = (await readUntil(stream, isStatus)).at(-1)!
  expect(steered.data).toMatchObject({ steering: { learningRateScale: 0.5 }, samples: [] })
  await stream.return()
})

test('lines that are no records are passed over, however long they are', async () => {
  const long = `{"type":"warning","step":1,"message":"${'x'.repeat(1_000_000)}"}`
  const server = await serve([
    lineOf(1),
    'no JSON',
    '',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
    '{"type":"step","step":1e999,"samplesSeen":1,"seconds":1,"scalars":{}}',
    '{"type":"step","step":2,"samplesSeen":1,"seconds":1,"scalars":{"__proto__":1}}',
    long,
    lineOf(3),
    long,
    long,
    lineOf(4),
  ])
  const stream = readEvents(server)
  const messages = await readUntil(stream, isStatus)
  expect(stepsIn(messages).filter(n => n !== 2)).toEqual([1, 3, 4])
  expect(messages.at(-2)!.id).toBe(11)
  // One that grows without end holds up nothing, and is over when it ends.
  for (let i = 0; i < 4; i++) appendFileSync('run/events.jsonl', 'y'.repeat(200_000))
  expect((await ask(server)).status).toBe(200)
  append('', lineOf(5))
  expect((await stream.next()).value).toEqual({ event: 'message', id: 13, data: [step(5)] })
  await stream.return()
  for (const [after, expected] of [
    [6, [3, 4, 5]],
    [7, [3, 4, 5]],
    [8, [4, 5]],
    [12, [5]],
  ] as const) {
    const part = readEvents(server, after)
    expect(stepsIn(await readUntil(part, isStatus)), `after ${after}`).toEqual(expected)
    await part.return()
  }
})

test('a file that was cut back, or is another one, begins anew', async () => {
  const server = await serve([lineOf(1), lineOf(2), lineOf(3)])
  const stream = readEvents(server)
  await readUntil(stream, isStatus)
  truncateSync('run/events.jsonl', lineOf(1).length + 1)
  const restart = await readUntil(stream, ({ event }) => event === 'message')
  expect(restart.map(({ event }) => event)).toEqual(['restart', 'message'])
  expect(stepsIn(restart)).toEqual([1])
  writeFileSync('other.jsonl', [7, 8, 9, 10].map(n => `${lineOf(n)}\n`).join(''))
  renameSync('other.jsonl', 'run/events.jsonl')
  expect(stepsIn(await readUntil(stream, ({ id }) => id === 4))).toEqual([7, 8, 9, 10])
  await stream.return()
  // A page that had more lines than there are begins anew as well.
  const behind = readEvents(server, 50)
  const messages = await readUntil(behind, isStatus)
  expect(messages[0]!.event).toBe('restart')
  expect(stepsIn(messages)).toEqual([7, 8, 9, 10])
  await behind.return()
})

test('part of a line that a killed process left is no line, and what takes its place is read', async () => {
  const server = await serve([lineOf(1)])
  const stream = readEvents(server)
  await readUntil(stream, isStatus)
  appendFileSync('run/events.jsonl', '{"type":"step","st')
  await new Promise(resolve => setTimeout(resolve, 300))
  truncateSync('run/events.jsonl', lineOf(1).length + 1)
  append(lineOf(2))
  expect(stepsIn([(await stream.next()).value!])).toEqual([2])
  await stream.return()
})

test('twelve pages that never read take no memory and hold up nobody', { timeout: 120_000 }, async () => {
  const text = 'x'.repeat(2000)
  const lines = Array.from({ length: 20_000 }, (_, i) =>
    JSON.stringify({ type: 'warning', step: i, message: text }),
  )
  const server = await serve([...lines, lineOf(7)])
  const before = process.memoryUsage().arrayBuffers
  const silent: IncomingMessage[] = []
  for (let i = 0; i < 12; i++) silent.push(await send(server, { path: '/api/events' }))
  const stream = readEvents(server)
  expect(stepsIn(await readUntil(stream, ({ id }) => id === lines.length + 1))).toEqual([7])
  // Each has 40 MB before it, of which the server holds a part or two.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100e6)
  append(lineOf(8))
  expect(stepsIn(await readUntil(stream, ({ id }) => id === lines.length + 2))).toEqual([8])
  // The end waits for none of them.
  await server.end()
  expect((await stream.next().catch(() => ({ done: true }))).done).toBe(true)
  for (const each of silent) each.destroy()
})

test('more pages than a person opens are refused', async () => {
  const server = await serve()
  const many: IncomingMessage[] = []
  for (let i = 0; i < 64; i++) many.push(await send(server, { path: '/api/events' }))
  expect((await ask(server, { path: '/api/events' })).status).toBe(503)
  many.pop()!.destroy()
  for (;;) {
    const again = await send(server, { path: '/api/events' })
    again.destroy()
    if (again.statusCode === 200) break
  }
  for (const each of many) each.destroy()
})

test.each(['-1', '0.5', 'x', '1e99'])('after=%s is refused', async after => {
  expect((await ask(await serve(), { path: `/api/events?after=${after}` })).status).toBe(400)
})

test('at the end pages get what there is, and their streams end', async () => {
  const server = await serve([lineOf(1)])
  const stream = readEvents(server)
  await readUntil(stream, isStatus)
  append(lineOf(2))
  const rest = (async () => {
    const all: Message[] = []
    for await (const message of stream) all.push(message)
    return all
  })()
  await server.end(10_000)
  expect(stepsIn(await rest)).toEqual([2])
})
