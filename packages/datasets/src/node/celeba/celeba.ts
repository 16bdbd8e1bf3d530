import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Dataset, GankitError } from '@gankit/core'
import { parseImageOptions } from '../../images/image-options.ts'
import { isSystemFile } from '../../images/skipped-files.ts'
import type { ImageOptions } from '../../options.ts'
import { listPictures } from '../image-folder.ts'
import { packPictures } from '../images/pack-pictures.ts'
import type { Listing } from '../images/picture-file.ts'
import type { PackOptions } from '../packed/plan.ts'
import { decodeText, readText } from '../read-text.ts'
import { type AttributeList, listNames, parseAttributeList } from './attribute-list.ts'

export interface CelebaOptions extends Omit<ImageOptions, 'crop' | 'labels'>, PackOptions {
  /**
   * Pixels per side of the centered square that is kept of each picture: 108, only the face, as in DCGAN's own code, or 178,
   * the whole width with hair and chin. Metrics of the two can't be compared. Default 178.
   */
  readonly crop?: 108 | 178
}

/** Where the set is looked for below a path: people unpack it into folders of several names. */
const maxDepth = 3
const maxFolders = 100

/** The size of every picture of the aligned set, in pixels. */
const expectedSize = { width: 178, height: 218 }

/**
 * CelebA's 202,599 aligned faces, as the folder or the zip that people download (img_align_celeba, or a folder or zip that
 * holds it). Where list_attr_celeba.txt (or .csv) is in it, beside it or in Anno, every face has its 40 attributes, 'no' or
 * 'yes'; where it isn't, `onNote` is told.
 * Liu, Luo, Wang, Tang, "Deep learning face attributes in the wild", ICCV 2015; for non-commercial research only.
 * @throws GankitError for a path that isn't the set, a damaged list of attributes, or more than 5% skipped
 */
export async function celeba(path: string, { crop = 178, ...options }: CelebaOptions = {}): Promise<Dataset> {
  if (crop !== 108 && crop !== 178)
    throw new GankitError('datasets', 'option', `crop is ${crop}, expected 108 or 178 pixels`)
  const settings = parseImageOptions({ ...options, crop })
  const given = resolve(path)
  const source = (await findBelow(given, ['img_align_celeba', 'img_align_celeba.zip'])) ?? given
  const listing = await listPictures(source)
  try {
    const list = await findAttributeList(given, source, listing)
    if (!list)
      options.onNote?.(
        `no list_attr_celeba.txt or .csv in, below or beside ${given}: its faces have no attributes`,
      )
    const files = listing.files.filter(({ name }) => !isAttributeList(name))
    return await packPictures(
      {
        name: 'celeba',
        identity: { kind: 'celeba', path: source, list: list?.sha256 },
        listing: { ...listing, files },
        settings,
        expectedSize,
        ...(list && { attributes: list.definitions, describe: createDescriber(list) }),
      },
      options,
    )
  } catch (error) {
    await listing.close?.()
    throw error
  }
}

/** Makes the function that looks up a picture's attributes. */
function createDescriber({ byPicture, path }: AttributeList): (name: string) => {
  readonly attributes: Uint8Array
} {
  return name => {
    const attributes = byPicture.get(name.slice(name.lastIndexOf('/') + 1))
    if (!attributes) throw new Error(`is not in ${path}`)
    return { attributes }
  }
}

/** Reads the list of attributes: below the given path, among the pictures, or in a folder above them and in its Anno. */
async function findAttributeList(
  given: string,
  source: string,
  { files }: Listing,
): Promise<AttributeList | undefined> {
  const below = await findBelow(given, listNames)
  const above = [dirname(source), dirname(given), dirname(dirname(source)), dirname(dirname(given))]
  const places = above.flatMap(folder => [folder, join(folder, 'Anno')])
  const path =
    below ?? (await findExisting(places.flatMap(folder => listNames.map(name => join(folder, name)))))
  if (path !== undefined) {
    const text = await readText(path).catch((cause: NodeJS.ErrnoException) => {
      throw new GankitError('datasets', 'file', `${path} can't be read (${cause.code}): expected a file`, {
        cause,
      })
    })
    return parseAttributeList(text, path)
  }
  const inside = files.find(({ name }) => isAttributeList(name))
  return inside && parseAttributeList(decodeText(await inside.read()), `${inside.name} in ${source}`)
}

const isAttributeList = (name: string) => listNames.includes(name.slice(name.lastIndexOf('/') + 1))

/** The first file or folder of these names in a folder or, folder by folder, up to three levels below it. */
async function findBelow(folder: string, names: readonly string[]): Promise<string | undefined> {
  let level = [folder]
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth++) {
    const found = await findExisting(level.flatMap(path => names.map(name => join(path, name))))
    if (found !== undefined) return found
    const below = await Promise.all(level.map(listFolders))
    level = below.flat().slice(0, maxFolders)
  }
  return undefined
}

/** The folders in a folder, in order; none where it is none or can't be listed. */
async function listFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = entries
    .filter(entry => entry.isDirectory() && !isSystemFile(entry.name))
    .map(({ name }) => name)
  return names.sort().map(name => join(folder, name))
}

/** The first path that exists, or undefined. */
async function findExisting(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await stat(path).catch(() => undefined)) return path
  return undefined
}
