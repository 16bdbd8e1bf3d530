import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { GankitError } from '@gankit/core'
import { sha256OfFile } from '@gankit/core/node'
import { claimPart, releasePart } from './part-file.ts'
import { readFileSize, receive } from './receive.ts'

/** A file with its size and checksum. */
export interface RemoteFile {
  readonly name: string
  readonly bytes: number
  /** SHA-256, 64 hexadecimal digits. */
  readonly sha256: string
}

/** The progress of one file, in bytes. */
export interface DownloadProgress {
  readonly file: string
  readonly received: number
  readonly total: number
}

export interface DownloadOptions {
  /** Addresses of folders that hold the files, tried in this order. */
  readonly mirrors: readonly string[]
  /** Replaces the global fetch, for example by one that knows a proxy. */
  readonly fetch?: typeof globalThis.fetch
  /** How long to wait for a mirror that sends nothing, in ms. Default 30,000. */
  readonly timeout?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: DownloadProgress) => void
}

/**
 * Downloads files into a folder, one after the other. A valid file that exists is kept, and an interrupted download continues.
 * A file gets its name only when its checksum is right. Several downloads into one folder at once, of this process or
 * others, don't disturb one another.
 * @param alternative what the error suggests where every mirror fails
 * @throws GankitError that says why each mirror failed; the signal's reason when it is aborted
 */
export async function download(
  files: readonly RemoteFile[],
  folder: string,
  options: DownloadOptions,
  alternative: string,
): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    const message = `folder ${folder} can't be made (${cause.code}), expected a place to keep downloads: set GANKIT_CACHE or cacheDir`
    throw new GankitError('datasets', 'file', message, { cause })
  })
  for (const file of files) await downloadFile(file, folder, options, alternative)
}

async function downloadFile(
  file: RemoteFile,
  folder: string,
  options: DownloadOptions,
  alternative: string,
): Promise<void> {
  const target = join(folder, file.name)
  if ((await readFileSize(target)) === file.bytes && (await sha256OfFile(target)) === file.sha256) return
  const part = await claimPart(target)
  try {
    await downloadFromMirrors(file, part, target, options, alternative)
  } finally {
    await releasePart(part, target)
  }
}

async function downloadFromMirrors(
  file: RemoteFile,
  part: string,
  target: string,
  options: DownloadOptions,
  alternative: string,
): Promise<void> {
  const failures: string[] = []
  for (const mirror of options.mirrors) {
    const url = `${mirror.replace(/\/*$/, '/')}${file.name}`
    options.signal?.throwIfAborted()
    try {
      await downloadFromMirror(url, file, part, options)
      return await rename(part, target)
    } catch (error) {
      options.signal?.throwIfAborted()
      failures.push(`${url} ${formatReason(error)}`)
    }
  }
  const tried = failures.join('; ') || 'no mirror was given'
  throw new GankitError('datasets', 'file', `could not download ${file.name} (${tried}): ${alternative}`)
}

/** Downloads into `part` until its checksum is right. */
async function downloadFromMirror(
  url: string,
  file: RemoteFile,
  part: string,
  { fetch = globalThis.fetch, timeout = 30_000, signal, onProgress }: DownloadOptions,
): Promise<void> {
  const onBytes = (received: number) => onProgress?.({ file: file.name, received, total: file.bytes })
  for (;;) {
    const before = await readFileSize(part)
    if (before < file.bytes) await receive({ url, part, bytes: file.bytes, fetch, timeout, signal, onBytes })
    const sha256 = await sha256OfFile(part)
    if (sha256 === file.sha256) return
    await rm(part, { force: true })
    // A wrong checksum is the mirror's fault only where all bytes came from it.
    if (before === 0) throw new Error(`has SHA-256 ${sha256}, expected ${file.sha256}`)
  }
}

function formatReason(error: unknown): string {
  const { message, cause } = error as Error
  const { code, message: deeper } = (cause ?? {}) as NodeJS.ErrnoException
  return code ?? (deeper || message)
}
