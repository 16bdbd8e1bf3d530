import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { GankitError, type Skipped } from '@gankit/core'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { byName, isNoise, type Listing, type PictureFile } from './picture-file.ts'

const openZip = promisify<string, yauzl.Options, ZipFile>(yauzl.open)

/**
 * Lists a zip without unpacking it; nothing is ever written. Names that lead out of the zip are skipped.
 * @throws GankitError when it is no zip, or damaged
 */
export async function listZip(path: string): Promise<Listing> {
  try {
    const { mtimeMs } = await stat(path)
    // Names come as bytes, so that a bad one costs its own entry and not all of them.
    const zip = await openZip(path, { lazyEntries: true, autoClose: false, decodeStrings: false })
    try {
      const files: PictureFile[] = []
      const skipped: Skipped[] = []
      for await (const entry of entriesOf(zip)) {
        const name = yauzl.getFileNameLowLevel(
          entry.generalPurposeBitFlag,
          entry.fileNameRaw,
          entry.extraFields,
          false,
        )
        if (name.endsWith('/') || isNoise(name)) continue
        const why = whyNotEntry(entry, name)
        if (why) skipped.push({ name, why })
        else
          files.push({ name, size: entry.uncompressedSize, modified: mtimeMs, read: () => read(zip, entry) })
      }
      return { files: files.sort(byName), skipped: skipped.sort(byName), close: async () => zip.close() }
    } catch (error) {
      zip.close()
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

/** The entries of the central directory, one after the other. */
async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
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
    yield entry
  }
}

function whyNotEntry(entry: Entry, name: string): string | undefined {
  if (yauzl.validateFileName(name) !== null) return 'has a name that leads out of the zip'
  if (entry.isEncrypted()) return 'is encrypted'
  return entry.compressionMethod === 0 || entry.compressionMethod === 8
    ? undefined
    : `is packed by method ${entry.compressionMethod}, expected 0 or 8 (stored, deflate)`
}

async function read(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const stream = await promisify<Entry, NodeJS.ReadableStream>(zip.openReadStream.bind(zip))(entry)
  const bytes = new Uint8Array(entry.uncompressedSize)
  let at = 0
  // yauzl ends the stream with an error where there are more bytes, or fewer, than the entry says.
  for await (const chunk of stream) {
    bytes.set(chunk as Uint8Array, at)
    at += chunk.length
  }
  return bytes
}
