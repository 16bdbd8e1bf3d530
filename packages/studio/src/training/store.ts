import type { EventRecord } from '@gankit/experiment'
import { deleteDB, type IDBPDatabase, openDB } from 'idb'
import type { StoredRun } from './protocol.ts'

/** What one's own pictures became, by stream: arrays as `decodeImageFiles` gives them. */
export type KeptData = Readonly<Record<string, unknown>>

/** What a browser keeps of a run, beside its checkpoints, which have a database of their own. */
interface Tables {
  runs: { key: string; value: StoredRun }
  records: { key: [id: string, n: number]; value: readonly EventRecord[] }
  samples: { key: [id: string, step: number]; value: Blob }
  data: { key: string; value: KeptData }
}

const name = 'gankit-studio'
const tables = ['runs', 'records', 'samples', 'data'] as const

/** The name of the database that holds the checkpoints of a run. */
export const checkpointsOf = (id: string): string => `gankit-run-${id}`

/** Real samples are kept under a step that no run has. */
export const realStep = -1

async function during<Result>(use: (database: IDBPDatabase<Tables>) => Promise<Result>): Promise<Result> {
  const database = await openDB<Tables>(name, 1, {
    upgrade(opened) {
      for (const table of tables)
        if (table === 'runs') opened.createObjectStore(table, { keyPath: 'id' })
        else opened.createObjectStore(table)
    },
    // Another tab that wants to upgrade or delete it need not wait for this one.
    blocking: (_, __, event) => (event.target as IDBDatabase).close(),
  })
  try {
    return await use(database)
  } finally {
    database.close()
  }
}

const everythingOf = (id: string) =>
  IDBKeyRange.bound([id, Number.NEGATIVE_INFINITY], [id, Number.POSITIVE_INFINITY])

/** The runs that this browser keeps, the newest first. @throws DOMException where it keeps nothing */
export async function listRuns(): Promise<readonly StoredRun[]> {
  const runs = await during(database => database.getAll('runs'))
  return runs.sort((a, b) => b.began - a.began)
}

export const readRun = (id: string): Promise<StoredRun | undefined> =>
  during(database => database.get('runs', id))

export const writeRun = (run: StoredRun): Promise<unknown> => during(database => database.put('runs', run))

/** Adds what a run told behind what it told before. */
export function addRecords(id: string, records: readonly EventRecord[]): Promise<unknown> {
  return during(async database => {
    const transaction = database.transaction('records', 'readwrite')
    const last = await transaction.store.openKeyCursor(everythingOf(id), 'prev')
    await transaction.store.put(records, [id, last ? (last.key as [string, number])[1] + 1 : 0])
    await transaction.done
  })
}

export const readRecords = async (id: string): Promise<readonly EventRecord[]> =>
  (await during(database => database.getAll('records', everythingOf(id)))).flat()

export const writeSamples = (id: string, step: number, png: Blob): Promise<unknown> =>
  during(database => database.put('samples', png, [id, step]))

/** The pictures of a run by their steps, rising; real samples are at `realStep`. */
export function readSamples(id: string): Promise<readonly { readonly step: number; readonly png: Blob }[]> {
  return during(async database => {
    const keys = (await database.getAllKeys('samples', everythingOf(id))) as [string, number][]
    const pictures = await database.getAll('samples', everythingOf(id))
    return keys.map(([, step], i) => ({ step, png: pictures[i]! }))
  })
}

export const writeData = (id: string, data: KeptData): Promise<unknown> =>
  during(database => database.put('data', data, id))

export const readData = (id: string): Promise<KeptData | undefined> =>
  during(database => database.get('data', id))

/** Forgets a run with all that belongs to it. */
export async function removeRun(id: string): Promise<void> {
  await during(async database => {
    const transaction = database.transaction(tables, 'readwrite')
    await Promise.all([
      transaction.objectStore('runs').delete(id),
      transaction.objectStore('data').delete(id),
      transaction.objectStore('records').delete(everythingOf(id)),
      transaction.objectStore('samples').delete(everythingOf(id)),
      transaction.done,
    ])
  })
  await deleteDB(checkpointsOf(id))
}
