import { GankitError } from '@gankit/core'
import { byName, isNoise } from '../images/skipped-files.ts'

/** A file, a Blob that was given a name, or the address of one. */
export type PictureFile = (Blob & { readonly name: string }) | URL | string

/** A picture that is still to be read. */
export interface NamedPicture {
  /** Its path below what all have in common; folders end with '/'. */
  readonly name: string
  readonly file: PictureFile
}

/**
 * Pictures in the order of their names. A file of a chosen folder (`webkitRelativePath`) is named by its path in that
 * folder, an address by its path below the folder that all addresses share. Files that systems leave behind are left out.
 * @throws GankitError for what is neither; the signal's reason when it is aborted
 */
export async function namedPictures(
  files: Iterable<PictureFile> | AsyncIterable<PictureFile>,
  signal?: AbortSignal,
): Promise<NamedPicture[]> {
  const pictures: NamedPicture[] = []
  for await (const file of files) {
    signal?.throwIfAborted()
    pictures.push({ file, name: file instanceof Blob ? nameOfBlob(file) : pathOf(file, pictures.length) })
  }
  const shared = sharedFolder(pictures.flatMap(({ file, name }) => (file instanceof Blob ? [] : [name])))
  return pictures
    .map(({ file, name }) => ({ file, name: file instanceof Blob ? name : name.slice(shared.length) }))
    .filter(({ name }) => !isNoise(name))
    .sort(byName)
}

function nameOfBlob(blob: Blob): string {
  const { name, webkitRelativePath: path } = blob as Partial<File>
  const inFolder = path ? path.slice(path.indexOf('/') + 1) : name
  if (inFolder) return inFolder
  throw new GankitError(
    'datasets',
    'option',
    'files holds a Blob without a name, expected Files and URLs: give it one with new File([blob], name)',
  )
}

function pathOf(file: URL | string, index: number): string {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href
  if (!(typeof file === 'string' || file instanceof URL) || !URL.canParse(file, base))
    throw new GankitError(
      'datasets',
      'option',
      `files holds ${String(file)} at place ${index}, expected Files and URLs`,
    )
  const { protocol, host, pathname, search, href } = new URL(file, base)
  if (!host) return protocol === 'data:' ? `${href.slice(0, 30)}… at place ${index}` : href
  return `${host}${decoded(pathname)}${search.replaceAll('/', '%2F')}`
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function sharedFolder(paths: readonly string[]): string {
  let shared = paths[0] ?? ''
  shared = shared.slice(0, shared.lastIndexOf('/') + 1)
  for (const path of paths)
    while (!path.startsWith(shared)) shared = shared.slice(0, shared.lastIndexOf('/', shared.length - 2) + 1)
  return shared
}
