import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type Dataset, GankitError } from '@gankit/core'
import { type ImageOptions, imageSettings } from '../image-options.ts'
import { type CelebaAttributes, readCelebaAttributes } from './celeba-attributes.ts'
import { listPictures } from './image-folder.ts'
import { packPictures } from './images/pack-pictures.ts'
import type { PackOptions } from './packed/options.ts'

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
