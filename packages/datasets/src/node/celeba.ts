import { readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Attribute, type Dataset, GankitError } from '@gankit/core'
import { sha256Sync } from '@gankit/core/node'
import { type ImageOptions, imageSettings } from '../images/image-options.ts'
import { listPictures } from './image-folder.ts'
import { packPictures } from './images/pack-pictures.ts'
import type { PackOptions } from './packed/plan.ts'

export interface CelebaOptions extends Omit<ImageOptions, 'crop' | 'labels'>, PackOptions {
  /**
   * Pixels a side of the centred square that is taken of each picture: 108, the face alone, as DCGAN's own code does,
   * or 178, the whole width with hair and chin. Figures of the two can't be compared. Default 178.
   */
  readonly crop?: 108 | 178
}

/** The size of every picture of the aligned set, pixels. */
const expected = { width: 178, height: 218 }

/**
 * CelebA's 202,599 aligned faces, as the folder or the zip that people download (img_align_celeba, or the folder that
 * holds it). Where list_attr_celeba.txt (or .csv) is beside them, every face has its 40 attributes, 'no' or 'yes'.
 * Liu, Luo, Wang, Tang, "Deep learning face attributes in the wild", ICCV 2015; for non-commercial research only.
 * @throws GankitError for a path that isn't the set, a damaged list of attributes, or more than 5% skipped
 */
export async function celeba(path: string, { crop = 178, ...options }: CelebaOptions = {}): Promise<Dataset> {
  if (crop !== 108 && crop !== 178)
    throw new GankitError('datasets', 'option', `crop is ${crop}, expected 108 or 178 pixels`)
  const settings = imageSettings({ ...options, crop })
  const given = resolve(path)
  const pictures = await firstThere([join(given, 'img_align_celeba'), join(given, 'img_align_celeba.zip')])
  const source = pictures ?? given
  const list = await firstThere(
    [given, dirname(source), dirname(given)].flatMap(folder =>
      ['txt', 'csv'].map(kind => join(folder, `list_attr_celeba.${kind}`)),
    ),
  )
  const attributes = list === undefined ? undefined : await readCelebaAttributes(list)
  const listing = await listPictures(source)
  return packPictures(
    {
      name: 'celeba',
      identity: { kind: 'celeba', path: source, list: attributes?.sha256 },
      listing,
      settings,
      expected,
      ...(attributes && { attributes: attributes.attributes, describe: describedBy(attributes) }),
    },
    options,
  )
}

function describedBy({ codes, path }: CelebaAttributes): (name: string) => { readonly codes: Uint8Array } {
  return name => {
    const found = codes.get(name.slice(name.lastIndexOf('/') + 1))
    if (!found) throw new Error(`is not in ${path}`)
    return { codes: found }
  }
}

async function firstThere(paths: readonly string[]): Promise<string | undefined> {
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

/** What list_attr_celeba says. */
export interface CelebaAttributes {
  readonly path: string
  readonly attributes: readonly Attribute[]
  /** By the name of the picture, a code an attribute: 0 no, 1 yes. */
  readonly codes: ReadonlyMap<string, Uint8Array>
  /** Of the list itself. */
  readonly sha256: string
}

/**
 * Reads the list in either form that is about: text (the count, the names, then `000001.jpg -1 1 …`), or CSV with one
 * line of names.
 * @throws GankitError that names the line at fault
 */
export async function readCelebaAttributes(path: string): Promise<CelebaAttributes> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new GankitError('datasets', 'file', `${path} can't be read (${cause.code}): expected a file`, {
      cause,
    })
  })
  const lines = text.split(/\r?\n/).map(line => line.split(/[\s,]+/).filter(Boolean))
  const isCounted = lines[0]?.length === 1
  const [names = []] = lines.slice(isCounted ? 1 : 0)
  const attributes = names.filter(name => name !== 'image_id').map(name => ({ name, values: ['no', 'yes'] }))
  if (attributes.length === 0) throw wrong(path, 1, 'has no names of attributes')

  const codes = new Map<string, Uint8Array>()
  for (const [i, [picture, ...marks]] of lines.entries()) {
    if (i < (isCounted ? 2 : 1) || picture === undefined) continue
    if (marks.length !== attributes.length)
      throw wrong(path, i + 1, `has ${marks.length} marks, expected ${attributes.length}`)
    const other = marks.find(mark => mark !== '1' && mark !== '-1')
    if (other !== undefined) throw wrong(path, i + 1, `has the mark '${other}', expected 1 or -1`)
    codes.set(
      picture,
      Uint8Array.from(marks, mark => (mark === '1' ? 1 : 0)),
    )
  }
  if (isCounted && codes.size !== Number(lines[0]![0]))
    throw wrong(path, 1, `promises ${lines[0]![0]} pictures, and there are ${codes.size}`)
  return { path, attributes, codes, sha256: sha256Sync(text) }
}

function wrong(path: string, line: number, what: string): GankitError {
  return new GankitError(
    'datasets',
    'data',
    `line ${line} of ${path} ${what}: is it list_attr_celeba, and whole? Move it away to go on without attributes`,
  )
}
