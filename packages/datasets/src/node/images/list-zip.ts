import { type FileHandle, open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { GankitError, type Skipped } from '@gankit/core'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { compareNames, isSystemFile } from '../../images/skipped-files.ts'
import type { Listing, PictureFile } from './picture-file.ts'
import { readEntry, ZipBytes } from './zip-reader.ts'

const openZip = promisify<ZipBytes, number, yauzl.Options, ZipFile>(yauzl.fromRandomAccessReader)

/**
 * Lists a zip without unpacking it; nothing is ever written. Names that lead out of the zip are skipped.
 * @throws GankitError when it is no zip, or a damaged one
 */
export async function listZip(path: string): Promise<Listing> {
  try {
    const file = await open(path)
    try {
      return await listEntries(file)
    } catch (error) {
      await file.close()
      throw error
    }
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const [got, fix] =
      code === 'ENOENT'
        ? ['does not exist', 'is the path right?']
        : code === 'EACCES' || code === 'EPERM' || code === 'EISDIR'
          ? [`can't be read (${code})`, 'expected a file that may be read']
          : [`is damaged or no zip (${message})`, 'download or copy it again']
    throw new GankitError('datasets', code ? 'file' : 'data', `zip ${path} ${got}: ${fix}`, { cause })
  }
}

async function listEntries(file: FileHandle): Promise<Listing> {
  const { size, mtimeMs, ctimeMs } = await file.stat()
  const modified = Math.max(mtimeMs, ctimeMs)
  const zip = new ZipBytes(file, size)
  const files: PictureFile[] = []
  const skipped: Skipped[] = []
  for await (const [name, entry] of readDirectory(zip, size)) {
    if (name.endsWith('/')) continue
    const why = findEntryProblem(entry, name)
    if (why !== outsideName && isSystemFile(name)) continue
    if (why) skipped.push({ name, why })
    else files.push(createPictureFile(zip, name, entry, modified))
  }
  return { files: files.sort(compareNames), skipped: skipped.sort(compareNames), close: () => file.close() }
}

/** Keeps only the fields of an entry that reading needs: the others would take a kilobyte per picture. */
function createPictureFile(zip: ZipBytes, name: string, entry: Entry, modified: number): PictureFile {
  const { compressionMethod, compressedSize, uncompressedSize, crc32, relativeOffsetOfLocalHeader } = entry
  const kept = { compressionMethod, compressedSize, uncompressedSize, crc32, relativeOffsetOfLocalHeader }
  return { name, size: uncompressedSize, modified, read: () => readEntry(zip, kept) }
}

/** Reads the entries of the central directory, one after the other. */
async function* readDirectory(bytes: ZipBytes, size: number): AsyncGenerator<[name: string, entry: Entry]> {
  // With names as bytes, a bad name loses its own entry and not all entries.
  const zip = await openZip(bytes, size, { lazyEntries: true, autoClose: false, decodeStrings: false })
  for (;;) {
    const entry = await new Promise<Entry | undefined>((resolve, reject) => {
      zip.removeAllListeners()
      zip
        .once('entry', resolve)
        .once('end', () => resolve(undefined))
        .once('error', reject)
      zip.readEntry()
    })
    if (!entry) return
    const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry
    yield [yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false), entry]
  }
}

const outsideName = 'has a name that leads out of the zip'

function findEntryProblem(entry: Entry, name: string): string | undefined {
  if (yauzl.validateFileName(name) !== null) return outsideName
  if (entry.isEncrypted()) return 'is encrypted'
  return entry.compressionMethod === 0 || entry.compressionMethod === 8
    ? undefined
    : `is packed by method ${entry.compressionMethod}, expected 0 or 8 (stored, deflate)`
}
