import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { type Dataset, GankitError } from '@gankit/core'
import { findFolderClasses } from '../images/folder-classes.ts'
import { parseImageOptions } from '../images/image-options.ts'
import { captionLanguages, type GroupOptions, type ImageOptions } from '../options.ts'
import { readPictureCaptions } from './images/captioned-pictures.ts'
import { listFolder } from './images/list-folder.ts'
import { listZip } from './images/list-zip.ts'
import { type Pictures, packPictures } from './images/pack-pictures.ts'
import type { Listing } from './images/picture-file.ts'
import type { PackOptions } from './packed/plan.ts'

export interface ImageFolderOptions extends ImageOptions, GroupOptions<'captions'>, PackOptions {}

/**
 * A folder of pictures with all folders below it, or a zip of pictures, which is not unpacked: JPEG, PNG, WebP, GIF, AVIF, TIFF,
 * BMP and PPM, recognized by their content. They are decoded once, into a packed cache of bytes, from which each epoch streams.
 * Files that can't be used are skipped; `dataset.skipped` gives the reasons. With captions, pictures without one are skipped too.
 * @returns samples [height, width, channels]; with captions conditions [32], tokens
 * @throws GankitError for an option out of range, a path that can't be read, no picture at all, or more than 5% skipped
 */
export async function imageFolder(path: string, options: ImageFolderOptions = {}): Promise<Dataset> {
  const settings = parseImageOptions(options)
  const absolute = resolve(path)
  const listing = await listPictures(absolute)
  const identity = { kind: 'pictures', path: absolute, labels: settings.labels }
  try {
    const { captions, onNote } = options
    if (captions && captionLanguages.includes(captions))
      throw new GankitError(
        'datasets',
        'option',
        `captions is '${captions}', which is for cartoon faces and birds, expected the path of a text file with lines of a picture's name, a tab and a caption`,
        { option: 'captions' },
      )
    const view = captions
      ? await readPictureCaptions(resolve(captions), absolute, listing, onNote)
      : undefined
    const labels = settings.labels === 'folders' ? findLabels(absolute, listing, onNote) : {}
    const pictures = {
      name: basename(absolute),
      identity,
      listing,
      settings,
      ...labels,
      ...(view && { view }),
    }
    return await packPictures(pictures, options)
  } catch (error) {
    await listing.close?.()
    throw error
  }
}

/** The classes of pictures, by their folders. */
function findLabels(
  path: string,
  { files }: Listing,
  onNote: PackOptions['onNote'],
): Pick<Pictures, 'classes' | 'describe'> {
  const found = findFolderClasses(files.map(file => file.name))
  if (!found)
    throw new GankitError(
      'datasets',
      'data',
      `${path} has no folders with files, expected one folder a class: leave labels out`,
    )
  const { classes, labelOf, warning } = found
  if (warning) onNote?.(warning)
  return { classes, describe: name => ({ label: labelOf(name) }) }
}

/** Lists a folder or a zip. @throws GankitError when it is neither */
export async function listPictures(path: string): Promise<Listing> {
  const isFile = await stat(path).then(
    stats => stats.isFile(),
    () => false,
  )
  const listing = await (isFile ? listZip(path) : listFolder(path))
  if (listing.files.length > 0 || listing.skipped.length > 0) return listing
  await listing.close?.()
  throw new GankitError('datasets', 'data', `${path} is empty, expected pictures in it or below it`)
}
