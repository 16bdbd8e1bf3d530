import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratch, start } from '@gankit/testkit/command'
import { expect, test } from 'vitest'
import { gankit as call } from '../gankit.ts'
import { useProject } from '../project.ts'
import { ask, type Message, type Place, readEvents, readUntil, steer } from '../watch/client.ts'

useProject('shared')
const words = [
  'train',
  'mnist-digits',
  '--batch',
  '8',
  '--latent',
  '8',
  '--threads',
  '1',
  '--seed',
  '1',
  '--out',
  'run',
]

/** Where a page is, by its address in a text. */
function findPlace(text: string): Place {
  const [, port, token] = /http:\/\/127\.0\.0\.1:(\d+)\/#token=([0-9a-f]{32})\n/.exec(text)!
  return { port: Number(port), token: token! }
}

const eventsOf = (folder: string) =>
  readFileSync(join(folder, 'run/events.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
const recordsIn = ({ event, data }: Message) => (event === 'message' ? (data as { type: string }[]) : [])

test('a run in another process is paused, goes on, gets another learning rate and a checkpoint, and is stopped', async () => {
  const folder = scratch()
  const training = start([...words, '--steps', '1000000', '--watch'], folder)
  await training.says('/1000000')
  const place = findPlace(training.said())
  expect((await ask(place)).json()).toMatchObject({ app: 'mnist-digits', running: true, canSteer: true })
  const stream = readEvents(place)
  const until = (fits: (record: { type: string } & Record<string, unknown>) => boolean) =>
    readUntil(stream, message => recordsIn(message).some(record => fits(record as never)))

  expect((await steer(place, { paused: true })).status).toBe(202)
  await until(({ type, paused }) => type === 'steered' && paused === true)
  const standing = eventsOf(folder).length
  expect((await ask(place)).json()).toMatchObject({ running: true, steering: { paused: true } })
  // A checkpoint is written while it stands.
  await steer(place, { checkpoint: true, learningRateScale: 0.5 })
  const [{ step }] = (await until(({ type }) => type === 'checkpoint'))
    .flatMap(recordsIn)
    .slice(-1) as never as [{ step: number }]
  expect(existsSync(join(folder, 'run/checkpoints', String(step).padStart(6, '0'), 'state.json'))).toBe(true)
  expect(
    eventsOf(folder)
      .slice(standing)
      .map(({ type }) => type),
  ).toEqual(['steered', 'checkpoint'])
  // Another process that only looks sees the same, and can steer too.
  const looking = start(['watch', 'run'], folder)
  await looking.says('Ctrl-C ends it')
  const listed = JSON.parse((await call('runs', folder, '--json')).out)
  expect(listed.runs).toMatchObject([{ state: 'running', paused: true, learningRateScale: 0.5 }])
  expect((await call('runs', folder)).out).toContain('running, paused, learning rates × 0.5')
  looking.kill('SIGINT')
  const looked = await looking.ended
  expect(looked.code).toBe(130)
  expect(looked.out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{32}\n$/)

  await steer(place, { paused: false })
  await until(({ type }) => type === 'step')
  await steer(place, { stop: true })
  const end = (
    await readUntil(
      stream,
      ({ event, data }) => event === 'status' && !(data as { running: boolean }).running,
    )
  )
    .flatMap(recordsIn)
    .find(({ type }) => type === 'end')
  expect(end).toMatchObject({ reason: 'stopped', why: 'it was asked to stop' })
  const { code, err } = await training.ended
  expect(code).toBe(0)
  expect(err).toContain(`Steered  step ${step}: Learning rates × 0.5\n`)
  await expect(ask(place)).rejects.toThrow('ECONNREFUSED')
  expect(existsSync(join(folder, 'run/steering.json'))).toBe(false)

  // It goes on with that learning rate, which its report has.
  const last = (end as never as { step: number }).step
  const more = await call('train', '--resume', join(folder, 'run'), '--steps', String(last + 2))
  expect(more.err).toContain('Steered  learning rates × 0.5, as they were when the run ended')
  expect(eventsOf(folder).findLast(({ type }) => type === 'start')).toMatchObject({ learningRateScale: 0.5 })
  expect(eventsOf(folder).findLast(({ type }) => type === 'end')).toMatchObject({
    reason: 'done',
    step: last + 2,
  })
  expect(readFileSync(join(folder, 'run/report.html'), 'utf8')).toContain('Learning rates × 0.5')
  expect((await call('inspect', join(folder, 'run'))).out).toContain('steered: Paused')
})

test('a signal ends a run with its page, which sees the end', async () => {
  const folder = scratch()
  const training = start([...words, '--steps', '1000000', '--watch'], folder)
  await training.says('/1000000')
  const stream = readEvents(findPlace(training.said()))
  await stream.next()
  training.kill('SIGTERM')
  const rest = await readUntil(
    stream,
    ({ event, data }) => event === 'status' && !(data as { running: boolean }).running,
  )
  expect(rest.flatMap(recordsIn).find(({ type }) => type === 'end')).toMatchObject({ reason: 'aborted' })
  expect((await training.ended).code).toBe(143)
})
