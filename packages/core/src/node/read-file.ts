import { constants } from 'node:fs'
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'
import { fileError } from './file-error.ts'

/** What may be read. */
export interface ReadLimits {
  /** The folder that the file lies in: a link that leads out of it is refused. Default: links are followed. */
  readonly within?: string
  /** Bytes. A larger file is refused. Default 1 GiB. */
  readonly maxBytes?: number
  /** Bytes that are read, from the first. Default: all. */
  readonly length?: number
}

const defaultMaxBytes = 2 ** 30

/**
 * The bytes of a file, once it is known to be one: a pipe or a device, which may never end, is not waited for.
 * @throws Error with a `code`, that of the file system, or ENOTFILE, EOUTSIDE or EFBIG
 */
export async function readRegularFile(
  path: string,
  { within, maxBytes = defaultMaxBytes, length }: ReadLimits = {},
): Promise<Buffer> {
  const { file, size } = await openRegularFile(path, within)
  try {
    if (size > maxBytes && length === undefined)
      throw codedError('EFBIG', `it has ${size} bytes, expected at most ${maxBytes}`)
    if (length === undefined) return await file.readFile()
    return await readBeginning(file, Math.min(length, size))
  } finally {
    await file.close()
  }
}

async function readBeginning(file: FileHandle, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let at = 0
  while (at < length) {
    const { bytesRead } = await file.read(bytes, at, Math.min(length - at, 2 ** 30), at)
    if (bytesRead === 0) break
    at += bytesRead
  }
  return bytes.subarray(0, at)
}

/** The bytes of a file, as `readRegularFile` reads them. @throws GankitError when it can't be read */
export async function readFileBytes(path: string, limits?: ReadLimits): Promise<Buffer> {
  try {
    return await readRegularFile(path, limits)
  } catch (error) {
    throw fileError('read', path, error)
  }
}

/** The size of a file in bytes, of which none is read. @throws GankitError for what is no file, or lies elsewhere */
export async function readFileSize(path: string, within?: string): Promise<number> {
  try {
    const { file, size } = await openRegularFile(path, within)
    await file.close()
    return size
  } catch (error) {
    throw fileError('read', path, error)
  }
}

/** @throws Error with a `code`, ENOTFILE for a pipe or a device */
async function openRegularFile(
  path: string,
  within: string | undefined,
): Promise<{ readonly file: FileHandle; readonly size: number }> {
  const place = within === undefined ? path : await findWithin(path, within)
  // Without O_NONBLOCK a pipe would wait for somebody to write.
  const file = await open(place, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  const found = await file.stat()
  if (found.isFile()) return { file, size: found.size }
  await file.close()
  if (found.isDirectory()) throw codedError('EISDIR', 'it is a folder')
  throw codedError('ENOTFILE', 'it is a pipe or a device')
}

/** Where a path leads. @throws Error with the `code` EOUTSIDE when that is not in a folder */
async function findWithin(path: string, folder: string): Promise<string> {
  const real = await realpath(path)
  const way = relative(await realpath(folder), real)
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
    throw codedError('EOUTSIDE', `it is a link to ${real}`)
  return real
}

function codedError(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code })
}
