import { GankitError } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import { expect, test } from 'vitest'
import {
  type Callback,
  type CheckpointStore,
  type CheckpointsOptions,
  checkpoints,
  createGanTrainer,
  hashWeights,
  loadCheckpoint,
  memoryStore,
  type RunOptions,
  restoreSnapshot,
  type TrainerEvent,
} from '../../src/index.ts'
import { points, tinyGan } from '../tiny-gan.ts'

const trainerOf = () =>
  createGanTrainer({
    gan: tinyGan({ discriminatorNorm: true, dropout: 0.3 }),
    objective: nonSaturating(),
    seed: 4,
    averageDecay: 0.9,
  })

/** Trains with checkpoints. @returns all events but the steps, each in a word or two */
async function train(
  options: Pick<CheckpointsOptions, 'store'> & Partial<CheckpointsOptions>,
  run: RunOptions,
  others: Callback[] = [],
  trainer = trainerOf(),
  batches = points(),
): Promise<string[]> {
  const told: string[] = []
  const callbacks = [checkpoints({ every: 5, ...options }), ...others]
  for await (const event of trainer.run(batches, { ...run, callbacks }))
    if (wordsOf(event)) told.push(wordsOf(event)!)
  return told
}

function wordsOf(event: TrainerEvent): string | undefined {
  if (event.type === 'checkpoint') return `checkpoint ${event.step}`
  if (event.type === 'warning') return `warning ${event.step} ${event.message}`
  return event.type === 'end' ? `end ${event.step} ${event.reason}` : undefined
}

/** A store that counts what is written to it, and fails where it is told to. */
function watched(fails: (step: number) => boolean = () => false) {
  const memory = memoryStore()
  const written: number[] = []
  const store: CheckpointStore = {
    ...memory,
    async write(step, files) {
      if (fails(step)) throw new GankitError('trainer', 'file', `no space for ${step}`)
      written.push(step)
      await memory.write(step, files)
    },
  }
  return { store, written }
}

test('one every so many steps, and one at the end', async () => {
  const { store, written } = watched()
  expect(await train({ store }, { steps: 12 })).toEqual([
    'checkpoint 5',
    'checkpoint 10',
    'end 12 done',
    'checkpoint 12',
  ])
  expect(written).toEqual([5, 10, 12])
  expect(await store.list()).toEqual([10, 12])
})

test('none twice: the end may be where one was just written', async () => {
  const { store, written } = watched()
  const told = await train({ store }, { steps: 10 })
  expect(told).toEqual(['checkpoint 5', 'checkpoint 10', 'end 10 done'])
  expect(written).toEqual([5, 10])
})

test('a run goes on from any of them as if it had never stopped', async () => {
  const uninterrupted = trainerOf()
  await uninterrupted.fit(points(), { steps: 13 })
  const { store } = watched()
  await train({ store, keep: { last: 9 } }, { steps: 11 })
  for (const step of await store.list()) {
    const { snapshot } = await loadCheckpoint(store, { step })
    const trainer = trainerOf()
    restoreSnapshot(trainer, snapshot)
    expect(trainer.step).toBe(step)
    await trainer.fit(points(8, { from: snapshot.state.positions['real']!.batch }), { steps: 13 })
    expect(await hashWeights(trainer.game.networks), `from ${step}`).toBe(
      await hashWeights(uninterrupted.game.networks),
    )
  }
})

test('the configuration and the best are kept beside it, and the best stays', async () => {
  const { store } = watched()
  let step = 0
  const best = () => ({ metric: 'fid', value: 3, step: 5 })
  const follow: Callback = event => {
    step = event.step
  }
  await train({ store, config: { a: 1 }, best: () => (step >= 5 ? best() : undefined) }, { steps: 21 }, [
    follow,
  ])
  expect(await store.list()).toEqual([5, 20, 21])
  expect(await loadCheckpoint(store)).toMatchObject({ config: { a: 1 }, best: best() })
})

test('one that can not be written is a warning, and the run goes on with the earlier ones', async () => {
  const { store } = watched(step => step === 10 || step === 15)
  const errors: string[] = []
  const told = await train({ store, onError: error => errors.push(error.message) }, { steps: 16 })
  expect(told).toEqual([
    'checkpoint 5',
    'warning 10 [gankit/trainer] no space for 10',
    'warning 15 [gankit/trainer] no space for 15',
    'end 16 done',
    'checkpoint 16',
  ])
  expect(errors).toEqual([10, 15].map(step => `[gankit/trainer] no space for ${step}`))
  expect(await store.list()).toEqual([5, 16])
})

test('at the end it is an error', async () => {
  const { store } = watched(step => step === 7)
  await expect(train({ store }, { steps: 7 })).rejects.toThrow('no space for 7')
  expect(await store.list()).toEqual([5])
})

test('one that can not be removed is a warning', async () => {
  const { store } = watched()
  const remove = () => Promise.reject(new GankitError('trainer', 'file', 'stays'))
  expect(await train({ store: { ...store, remove }, keep: { last: 1 } }, { steps: 11 })).toEqual([
    'checkpoint 5',
    'warning 10 [gankit/trainer] stays',
    'checkpoint 10',
    'end 11 done',
    'warning 11 [gankit/trainer] stays',
    'warning 11 [gankit/trainer] stays',
    'checkpoint 11',
  ])
})

test('a run that is aborted or stopped keeps where it came to', async () => {
  const abort = new AbortController()
  const aborting: Callback = event => void (event.step === 7 && abort.abort())
  const first = watched()
  expect(await train({ store: first.store }, { steps: 100, signal: abort.signal }, [aborting])).toEqual([
    'checkpoint 5',
    'end 7 aborted',
    'checkpoint 7',
  ])
  expect(await first.store.list()).toEqual([5, 7])

  const stopping: Callback = (event, run) => void (event.step === 8 && run.stop('enough'))
  const second = watched()
  expect((await train({ store: second.store }, { steps: 100 }, [stopping])).at(-1)).toBe('checkpoint 8')
  expect(await second.store.list()).toEqual([5, 8])
})

test('a run that failed keeps its last good state', async () => {
  const { store, written } = watched()
  const trainer = trainerOf()
  const spoil: Callback = event => {
    if (event.step < 7) return
    const [weights] = trainer.gan.generator.getWeights()
    trainer.gan.generator.weights[0]!.write(weights!.mul(Number.NaN))
  }
  const told = await train({ store }, { steps: 100, guard: { tries: 1 } }, [spoil], trainer)
  expect(told.at(-1)).toBe('end 5 failed')
  expect(written).toEqual([5])
  const { snapshot } = await loadCheckpoint(store)
  for (const [name, { data }] of snapshot.arrays) expect(data.every(Number.isFinite), name).toBe(true)
})

test('options out of range are refused at once', () => {
  const store = memoryStore()
  expect(() => checkpoints({ store, every: 0 })).toThrow('every is 0, expected a whole number of at least 1')
  expect(() => checkpoints({ store, every: 1, keep: { last: 0 } })).toThrow('keep.last is 0')
  expect(() => checkpoints({ store, every: 1, config: { a: 1n } })).toThrow(
    "config is a object that JSON can't",
  )
})
