import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { GankitError } from '@gankit/core'
import { leavePart, takePart } from './part-file.ts'
import { receive, sizeOf } from './receive.ts'

/** A file that is known byte for byte. */
export interface RemoteFile {
  readonly name: string
  readonly bytes: number
  /** SHA-256, 64 hexadecimal digits. */
  readonly sha256: string
}

/** How far a download is, in bytes of one file. */
export interface DownloadProgress {
  readonly file: string
  readonly received: number
  readonly total: number
}

export interface DownloadOptions {
  /** Addresses of folders that hold the files, tried in this order. */
  readonly mirrors: readonly string[]
  /** What to use in place of the global fetch, such as one that knows a proxy. */
  readonly fetch?: typeof globalThis.fetch
  /** How long a mirror may keep silent, ms. Default 30,000. */
  readonly timeout?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: DownloadProgress) => void
}

/**
 * Puts files into a folder, one after the other. A file that is there and right is left alone; one that is there in
 * part is gone on with. A file gets its name only when its checksum is right. Several downloads into one folder at
 * once, of this process or others, don't disturb one another.
 * @param otherwise what messages say to do when no mirror helps
 * @throws GankitError that says why each mirror failed; the signal's reason when it is aborted
 */
export async function download(
  files: readonly RemoteFile[],
  folder: string,
  options: DownloadOptions,
  otherwise: string,
): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    const message = `folder ${folder} can't be made (${cause.code}), expected a place to keep downloads: set GANKIT_CACHE or cacheDir`
    throw new GankitError('datasets', 'file', message, { cause })
  })
  for (const file of files) await downloadFile(file, folder, options, otherwise)
}

async function downloadFile(
  file: RemoteFile,
  folder: string,
  options: DownloadOptions,
  otherwise: string,
): Promise<void> {
  const target = join(folder, file.name)
  if ((await sizeOf(target)) === file.bytes && (await sha256Of(target)) === file.sha256) return
  const part = await takePart(target)
  try {
    await fromMirrors(file, part, target, options, otherwise)
  } finally {
    await leavePart(part, target)
  }
}

async function fromMirrors(
  file: RemoteFile,
  part: string,
  target: string,
  options: DownloadOptions,
  otherwise: string,
): Promise<void> {
  const failures: string[] = []
  for (const mirror of options.mirrors) {
    const url = `${mirror.replace(/\/*$/, '/')}${file.name}`
    options.signal?.throwIfAborted()
    try {
      await fromMirror(url, file, part, options)
      return await rename(part, target)
    } catch (error) {
      options.signal?.throwIfAborted()
      failures.push(`${url} ${reason(error)}`)
    }
  }
  const tried = failures.join('; ') || 'no mirror was given'
  throw new GankitError('datasets', 'file', `could not download ${file.name} (${tried}): ${otherwise}`)
}

/** Fills up `part` until its checksum is right. */
async function fromMirror(
  url: string,
  file: RemoteFile,
  part: string,
  { fetch = globalThis.fetch, timeout = 30_000, signal, onProgress }: DownloadOptions,
): Promise<void> {
  const onBytes = (received: number) => onProgress?.({ file: file.name, received, total: file.bytes })
  for (;;) {
    const there = await sizeOf(part)
    if (there < file.bytes) await receive({ url, part, bytes: file.bytes, fetch, timeout, signal, onBytes })
    const sha256 = await sha256Of(part)
    if (sha256 === file.sha256) return
    await rm(part, { force: true })
    // Only bytes that all came from this mirror speak against it.
    if (there === 0) throw new Error(`has SHA-256 ${sha256}, expected ${file.sha256}`)
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function reason(error: unknown): string {
  const { message, cause } = error as Error
  const { code, message: deeper } = (cause ?? {}) as NodeJS.ErrnoException
  return code ?? (deeper || message)
}
