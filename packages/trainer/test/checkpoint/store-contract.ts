import type { CheckpointStore } from '../../src/index.ts'

/** What every store must do, without a test framework, so that a page can ask it of its own. */
export interface StoreCase {
  readonly name: string
  /** @param store a new and empty one. @throws Error when it doesn't */
  run(store: CheckpointStore): Promise<void>
}

/** Files of a checkpoint in which every byte depends on `seed`. */
function filesOf(seed: number, length = 1000): Map<string, Uint8Array> {
  const bytes = (salt: number) => Uint8Array.from({ length: length + salt }, (_, i) => i * 7 + seed + salt)
  return new Map(
    ['arrays.safetensors', 'state.json', 'manifest.json'].map((name, i) => [name, bytes(i)] as const),
  )
}

const textOf = (files: ReadonlyMap<string, Uint8Array>) =>
  JSON.stringify([...files].map(([name, bytes]) => [name, Array.from(bytes)]).sort())

function same(got: unknown, expected: unknown): void {
  const [a, b] = [got, expected].map(each => (typeof each === 'string' ? each : JSON.stringify(each)))
  if (a !== b) throw new Error(`got ${a?.slice(0, 200)}, expected ${b?.slice(0, 200)}`)
}

export const storeContract: readonly StoreCase[] = [
  {
    name: 'a new one is empty',
    run: async store => same(await store.list(), []),
  },
  {
    name: 'what was written is read, the steps are in order',
    async run(store) {
      const steps = [20, 3, 1_000_000, 0, 999_999]
      for (const step of steps) await store.write(step, filesOf(step))
      same(await store.list(), [0, 3, 20, 999_999, 1_000_000])
      for (const step of steps) same(textOf(await store.read(step)), textOf(filesOf(step)))
    },
  },
  {
    name: 'one of the same step is replaced',
    async run(store) {
      await store.write(5, filesOf(1))
      await store.write(5, filesOf(2, 10))
      same(await store.list(), [5])
      same(textOf(await store.read(5)), textOf(filesOf(2, 10)))
    },
  },
  {
    name: 'one that is removed is gone, and no other',
    async run(store) {
      for (const step of [1, 2, 3]) await store.write(step, filesOf(step))
      await store.remove(2)
      await store.remove(2)
      await store.remove(7)
      same(await store.list(), [1, 3])
      same(textOf(await store.read(1)), textOf(filesOf(1)))
      await store.write(2, filesOf(9))
      same(textOf(await store.read(2)), textOf(filesOf(9)))
    },
  },
  {
    name: 'one that is not there is a GankitError of one line',
    async run(store) {
      await store.write(1, filesOf(1))
      const error: Error | undefined = await store.read(4).then(
        () => undefined,
        error => error,
      )
      same(error?.name, 'GankitError')
      same(/^\[gankit\/trainer\] [^\n]*4[^\n]*$/.test(error!.message), true)
    },
  },
  {
    name: 'it keeps bytes of its own, and only those of a view',
    async run(store) {
      const buffer = new Uint8Array(1 << 20).fill(3)
      const view = buffer.subarray(100, 110)
      await store.write(1, new Map([['state.json', view]]))
      view.fill(4)
      const first = (await store.read(1)).get('state.json')!
      same(Array.from(first), Array(10).fill(3))
      first.fill(5)
      same(Array.from((await store.read(1)).get('state.json')!), Array(10).fill(3))
    },
  },
]
