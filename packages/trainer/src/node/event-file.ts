import { type FileHandle, open, readdir, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import { fileError, withCreatedFolder } from '@gankit/core/node'

/** An event file of TensorBoard that is being written. */
export interface EventFileWriter {
  /** Appends one record or nothing. One at a time. @throws GankitError when it can't be written */
  write(record: Uint8Array): Promise<void>
  /** Brings everything to the disk and closes the file. @throws GankitError when that fails */
  close(): Promise<void>
}

interface Opened {
  readonly file: FileHandle
  readonly path: string
  /** Bytes of whole records. */
  size: number
}

const prefix = 'events.out.tfevents.'

/**
 * Writes a new event file, `events.out.tfevents.<seconds>.<host>.<pid>`, in a folder that TensorBoard will show as one
 * run. Files of earlier processes stay, and TensorBoard reads them first. The file and its folder are made with the
 * first record.
 */
export function eventFileWriter(folder: string): EventFileWriter {
  const path = resolve(folder)
  let opened: Opened | undefined
  let closed = false
  return {
    async write(record) {
      if (closed)
        throw new GankitError('trainer', 'state', `the event file in ${path} is closed, expected an open one`)
      try {
        if (opened) await append(opened, record)
        else
          await withCreatedFolder(path, async () => {
            opened = await create(path, record)
          })
      } catch (error) {
        throw fileError('write', opened?.path ?? path, error)
      }
    },
    async close() {
      closed = true
      const last = opened
      opened = undefined
      if (!last) return
      try {
        await last.file.sync().finally(() => last.file.close())
      } catch (error) {
        throw fileError('write', last.path, error)
      }
    },
  }
}

async function create(folder: string, record: Uint8Array): Promise<Opened> {
  const seconds = await secondsFor(folder)
  const path = join(folder, `${prefix}${seconds}.${hostname()}.${process.pid}`)
  const opened: Opened = { file: await open(path, 'ax'), path, size: 0 }
  try {
    await append(opened, record)
  } catch (error) {
    await opened.file.close()
    await rm(path, { force: true })
    throw error
  }
  return opened
}

async function append(opened: Opened, record: Uint8Array): Promise<void> {
  try {
    await opened.file.appendFile(record)
    opened.size += record.length
  } catch (error) {
    // A full disk may have taken half of the record, and TensorBoard would read no further.
    await opened.file.truncate(opened.size).catch(() => {})
    throw error
  }
}

/** The time now, or later than all files there: TensorBoard reads them in the order of their names. */
async function secondsFor(folder: string): Promise<string> {
  const earlier = (await readdir(folder))
    .filter(name => name.startsWith(prefix))
    .map(name => Number.parseInt(name.slice(prefix.length), 10) + 1)
  const seconds = Math.max(Math.floor(Date.now() / 1000), ...earlier.filter(Number.isFinite))
  return String(seconds).padStart(10, '0')
}
