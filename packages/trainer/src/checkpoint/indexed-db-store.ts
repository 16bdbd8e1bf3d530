import { GankitError, isGankitError } from '@gankit/core'
import type { CheckpointStore } from './store.ts'

const table = 'checkpoints'

/**
 * Keeps checkpoints in a database of this page's origin, which outlives the page. A write is one transaction.
 * Nothing is opened before it is used, and nothing stays open after.
 * @param name of the database: one a run
 */
export function indexedDbStore(name: string): CheckpointStore {
  const where = (step: number) => `IndexedDB ${name}/${step}`
  return {
    where,
    list: () => during(name, 'readonly', checkpoints => checkpoints.getAllKeys() as IDBRequest<number[]>),
    async write(step, files) {
      // A view of a larger buffer would be stored with all of that.
      const record = new Map([...files].map(([file, bytes]) => [file, bytes.slice()]))
      await during(name, 'readwrite', checkpoints => checkpoints.put(record, step))
    },
    async read(step) {
      const record = await during<unknown>(name, 'readonly', checkpoints => checkpoints.get(step))
      if (record === undefined)
        throw new GankitError('trainer', 'data', `there is no checkpoint ${where(step)}`)
      if (!(record instanceof Map))
        throw new GankitError(
          'trainer',
          'data',
          `${where(step)} holds no files, expected those of a checkpoint`,
        )
      return record as Map<string, Uint8Array>
    },
    async remove(step) {
      await during(name, 'readwrite', checkpoints => checkpoints.delete(step))
    },
  }
}

/** Does one request in a transaction of its own. @returns its result, once the transaction stands */
async function during<Result>(
  name: string,
  mode: IDBTransactionMode,
  ask: (checkpoints: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  try {
    const database = await open(name)
    try {
      // Strict: it stands once the disk has it, as a synced file does.
      const transaction = database.transaction(table, mode, { durability: 'strict' })
      const request = ask(transaction.objectStore(table))
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'))
      })
      return request.result
    } finally {
      database.close()
    }
  } catch (error) {
    throw databaseError(name, mode === 'readonly' ? 'read' : 'write', error)
  }
}

async function open(name: string): Promise<IDBDatabase> {
  const { indexedDB } = globalThis as { readonly indexedDB?: IDBFactory }
  if (!indexedDB)
    throw new GankitError(
      'trainer',
      'state',
      'there is no IndexedDB here, expected a page or a worker: use fileStore in Node, or memoryStore',
    )
  const request = indexedDB.open(name, 1)
  return new Promise((resolve, reject) => {
    request.onupgradeneeded = () => request.result.createObjectStore(table)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

const reasons: Readonly<Record<string, string>> = {
  QuotaExceededError: 'no space left for this site: make room, or keep fewer checkpoints',
  VersionError: 'it is of another program: choose another name',
  NotFoundError: 'it is of another program: choose another name',
  SecurityError: 'this page may not keep data: allow it, or use memoryStore',
}

function databaseError(name: string, action: string, error: unknown): GankitError {
  if (isGankitError(error)) return error
  const { name: kind, message } = error as Error
  const why = reasons[kind] ?? `${kind}, ${message.replaceAll('\n', ' ')}`
  return new GankitError('trainer', 'file', `could not ${action} IndexedDB ${name}: ${why}`, { cause: error })
}
