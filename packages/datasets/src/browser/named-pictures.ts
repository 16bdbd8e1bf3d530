import { GankitError } from '@gankit/core'
import { findSharedFolder } from '../images/folder-classes.ts'
import { compareNames, isSystemFile } from '../images/skipped-files.ts'

/** A file, a Blob with a name, or the address of a file. */
export type PictureFile = (Blob & { readonly name: string }) | URL | string

/** A picture before it is read. */
export interface NamedPicture {
  /** Its path below the folder that all have in common; folders end with '/'. */
  readonly name: string
  readonly file: PictureFile
}

/**
 * Names pictures and sorts them by name. The name of a file in a chosen folder (`webkitRelativePath`) is its path in that
 * folder, the name of an address is its path below the folder that all addresses share. Files that operating systems leave in
 * folders are left out.
 * @throws GankitError for values of other types; the signal's reason when it is aborted
 */
export async function namedPictures(
  files: Iterable<PictureFile> | AsyncIterable<PictureFile>,
  signal?: AbortSignal,
): Promise<NamedPicture[]> {
  const pictures: NamedPicture[] = []
  for await (const file of files) {
    signal?.throwIfAborted()
    pictures.push({ file, name: file instanceof Blob ? nameBlob(file) : nameAddress(file, pictures.length) })
  }
  const shared = findSharedFolder(pictures.flatMap(({ file, name }) => (file instanceof Blob ? [] : [name])))
  return pictures
    .map(({ file, name }) => ({ file, name: file instanceof Blob ? name : name.slice(shared.length) }))
    .filter(({ name }) => !isSystemFile(name))
    .sort(compareNames)
}

function nameBlob(blob: Blob): string {
  const { name, webkitRelativePath: path } = blob as Partial<File>
  const innerPath = path ? path.slice(path.indexOf('/') + 1) : name
  if (innerPath) return innerPath
  throw new GankitError(
    'datasets',
    'option',
    'files holds a Blob without a name, expected Files and URLs: give it one with new File([blob], name)',
  )
}

function nameAddress(file: URL | string, index: number): string {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href
  if (!(typeof file === 'string' || file instanceof URL) || !URL.canParse(file, base))
    throw new GankitError(
      'datasets',
      'option',
      `files holds ${String(file)} at place ${index}, expected Files and URLs`,
    )
  const { protocol, host, pathname, search, href } = new URL(file, base)
  if (!host) return protocol === 'data:' ? `${href.slice(0, 30)}… at place ${index}` : href
  return `${host}${decodePath(pathname)}${search.replaceAll('/', '%2F')}`
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
