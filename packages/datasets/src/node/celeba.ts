import { readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Attribute, type Dataset, GankitError } from '@gankit/core'
import { sha256Sync } from '@gankit/core/node'
import { parseImageOptions } from '../images/image-options.ts'
import type { ImageOptions } from '../options.ts'
import { listPictures } from './image-folder.ts'
import { packPictures } from './images/pack-pictures.ts'
import type { PackOptions } from './packed/plan.ts'

export interface CelebaOptions extends Omit<ImageOptions, 'crop' | 'labels'>, PackOptions {
  /**
   * Pixels per side of the centered square that is kept of each picture: 108, only the face, as in DCGAN's own code, or 178,
   * the whole width with hair and chin. Metrics of the two can't be compared. Default 178.
   */
  readonly crop?: 108 | 178
}

/** The size of every picture of the aligned set, in pixels. */
const expectedSize = { width: 178, height: 218 }

/**
 * CelebA's 202,599 aligned faces, as the folder or the zip that people download (img_align_celeba, or the folder that
 * holds it). Where list_attr_celeba.txt (or .csv) is beside them, every face has its 40 attributes, 'no' or 'yes'.
 * Liu, Luo, Wang, Tang, "Deep learning face attributes in the wild", ICCV 2015; for non-commercial research only.
 * @throws GankitError for a path that isn't the set, a damaged list of attributes, or more than 5% skipped
 */
export async function celeba(path: string, { crop = 178, ...options }: CelebaOptions = {}): Promise<Dataset> {
  if (crop !== 108 && crop !== 178)
    throw new GankitError('datasets', 'option', `crop is ${crop}, expected 108 or 178 pixels`)
  const settings = parseImageOptions({ ...options, crop })
  const given = resolve(path)
  const pictures = await findExisting([join(given, 'img_align_celeba'), join(given, 'img_align_celeba.zip')])
  const source = pictures ?? given
  const listPath = await findExisting(
    [given, dirname(source), dirname(given)].flatMap(folder =>
      ['txt', 'csv'].map(kind => join(folder, `list_attr_celeba.${kind}`)),
    ),
  )
  const list = listPath === undefined ? undefined : await readAttributeList(listPath)
  const listing = await listPictures(source)
  return packPictures(
    {
      name: 'celeba',
      identity: { kind: 'celeba', path: source, list: list?.sha256 },
      listing,
      settings,
      expectedSize,
      ...(list && { attributes: list.definitions, describe: createDescriber(list) }),
    },
    options,
  )
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

/** The first path that exists, or undefined. */
async function findExisting(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths)
    if (
      await stat(path).then(
        () => true,
        () => false,
      )
    )
      return path
  return undefined
}

/** The content of list_attr_celeba. */
interface AttributeList {
  readonly path: string
  readonly definitions: readonly Attribute[]
  /** For each picture's name the values of its attributes: 0 no, 1 yes. */
  readonly byPicture: ReadonlyMap<string, Uint8Array>
  /** The hash of the list. */
  readonly sha256: string
}

/**
 * Reads the list in one of its two forms: text (the count, the names, then `000001.jpg -1 1 …`), or CSV with one line of
 * names.
 * @throws GankitError that names the line at fault
 */
async function readAttributeList(path: string): Promise<AttributeList> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new GankitError('datasets', 'file', `${path} can't be read (${cause.code}): expected a file`, {
      cause,
    })
  })
  const lines = text.split(/\r?\n/).map(line => line.split(/[\s,]+/).filter(Boolean))
  const isCounted = lines[0]?.length === 1
  const [names = []] = lines.slice(isCounted ? 1 : 0)
  const definitions = names.filter(name => name !== 'image_id').map(name => ({ name, values: ['no', 'yes'] }))
  if (definitions.length === 0) throw lineError(path, 1, 'has no names of attributes')

  const byPicture = new Map<string, Uint8Array>()
  for (const [i, [picture, ...marks]] of lines.entries()) {
    if (i < (isCounted ? 2 : 1) || picture === undefined) continue
    if (marks.length !== definitions.length)
      throw lineError(path, i + 1, `has ${marks.length} marks, expected ${definitions.length}`)
    const other = marks.find(mark => mark !== '1' && mark !== '-1')
    if (other !== undefined) throw lineError(path, i + 1, `has the mark '${other}', expected 1 or -1`)
    byPicture.set(
      picture,
      Uint8Array.from(marks, mark => (mark === '1' ? 1 : 0)),
    )
  }
  if (isCounted && byPicture.size !== Number(lines[0]![0]))
    throw lineError(path, 1, `promises ${lines[0]![0]} pictures, and there are ${byPicture.size}`)
  return { path, definitions, byPicture, sha256: sha256Sync(text) }
}

function lineError(path: string, line: number, what: string): GankitError {
  return new GankitError(
    'datasets',
    'data',
    `line ${line} of ${path} ${what}: is it list_attr_celeba, and whole? Move it away to go on without attributes`,
  )
}
