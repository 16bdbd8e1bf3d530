import { join } from 'node:path'
import { cacheFolder } from '@gankit/core/node'
import { type DownloadOptions, download, type RemoteFile } from './download.ts'

export interface DownloadIdxSetOptions extends Omit<DownloadOptions, 'mirrors'> {
  /** The files go into a folder of their own in this folder. Default: GANKIT_CACHE, else the platform's cache folder. */
  readonly cacheDir?: string
  /** Addresses of folders that hold the four .gz files, tried in this order. Default: public ones. */
  readonly mirrors?: readonly string[]
}

/** A data set in the four files of MNIST. */
export interface IdxSet {
  /** The folder's name in the cache. */
  readonly folder: string
  readonly files: readonly RemoteFile[]
  readonly mirrors: readonly string[]
  /** What messages say to do where no mirror helps. */
  readonly otherwise: string
}

/**
 * Fetches what is missing of the four files.
 * @returns the folder, to be handed to `mnistFolder`
 * @throws GankitError that names the mirrors and why each failed; the signal's reason when it is aborted
 */
export async function downloadIdxSet(
  { folder, files, mirrors: publicMirrors, otherwise }: IdxSet,
  { cacheDir = cacheFolder(), mirrors = publicMirrors, ...options }: DownloadIdxSetOptions,
): Promise<string> {
  const target = join(cacheDir, folder)
  await download(files, target, { mirrors, ...options }, otherwise)
  return target
}
