import { GankitError, type Skipped } from '@gankit/core'
import { isPictureName } from '../../images/picture-formats.ts'
import type { PictureFile } from '../images/picture-file.ts'

/** The names of folders that hold a side, as sets for pix2pix and CycleGAN have them; in lower case. */
const folderNames = [
  ['a', 'b'],
  ['traina', 'trainb'],
] as const

/** The files of the two sides: a is what is given, and b what is to be made of it. */
export interface Sides {
  readonly a: readonly SideFile[]
  readonly b: readonly SideFile[]
}

interface SideFile {
  /** Its path below the folder of its side. */
  readonly below: string
  readonly file: PictureFile
}

/**
 * Divides the files of a folder or zip that has a folder for each side: A and B, or trainA and trainB, in any case, at its top or
 * below. Files elsewhere, such as those in testA beside them, belong to no side.
 * @param path of the folder or zip, for errors
 * @returns undefined where there are no such folders
 * @throws GankitError for such folders in several places, and for one side without the other
 */
export function divideSides(path: string, files: readonly PictureFile[]): Sides | undefined {
  const places = findPlaces(files)
  const whole = [...places].filter(([, names]) =>
    folderNames.some(pair => pair.every(name => names.has(name))),
  )
  const depth = Math.min(...whole.map(([place]) => place.split('/').length))
  const [first, ...others] = whole.filter(([place]) => place.split('/').length === depth)
  if (!first) {
    if (!places.get('')?.size) return undefined
    throw noSidesError(path)
  }
  if (others.length > 0)
    throw new GankitError(
      'datasets',
      'data',
      `${path} has folders for both sides in ${[first, ...others].map(([place]) => place.slice(0, -1)).join(' and in ')}, expected one set of pairs: name its folder`,
    )
  const [place, names] = first
  const [a, b] = folderNames.find(pair => pair.every(name => names.has(name)))!
  const select = (side: string) => {
    const start = place + names.get(side)!
    return files
      .filter(({ name }) => name.startsWith(start))
      .map(file => ({ below: file.name.slice(start.length), file }))
  }
  return { a: select(a), b: select(b) }
}

/** Where folders of sides are: by the path of the folder that they are in, '' for the top, each by its name in lower case. */
function findPlaces(files: readonly PictureFile[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const known = new Set<string>(folderNames.flat())
  const places = new Map<string, Map<string, string>>()
  for (const { name } of files) {
    let place = ''
    for (const folder of name.split('/').slice(0, -1)) {
      if (known.has(folder.toLowerCase()))
        places.set(place, (places.get(place) ?? new Map()).set(folder.toLowerCase(), `${folder}/`))
      place += `${folder}/`
    }
  }
  return places
}

/** A picture of each side that belong together. */
export interface Pair {
  readonly a: PictureFile
  readonly b: PictureFile
}

/** Files that belong to no pair, and whether each should have. */
export type Unmatched = Skipped & { readonly counts: boolean }

/**
 * Matches the files of two sides by their path below the folder of the side, without its ending.
 * @returns the pairs in the order of the files of side a, and what was left over
 */
export function matchSides({ a, b }: Sides): {
  readonly pairs: readonly Pair[]
  readonly unmatched: readonly Unmatched[]
} {
  const unmatched: Unmatched[] = []
  const leave = ({ name }: PictureFile, why: string) =>
    unmatched.push({ name, why, counts: isPictureName(name) })
  const index = (side: readonly SideFile[]) => {
    const byKey = new Map<string, PictureFile[]>()
    for (const { below, file } of side) {
      const key = below.replace(/\.[^./]*$/, '')
      byKey.set(key, [...(byKey.get(key) ?? []), file])
    }
    return byKey
  }
  const [left, right] = [index(a), index(b)]
  const pairs: Pair[] = []
  for (const [key, files] of left) {
    const others = right.get(key) ?? []
    right.delete(key)
    const [first, partner] = [files[0]!, others[0]]
    if (files.length === 1 && others.length === 1) pairs.push({ a: first, b: partner! })
    else if (!partner) for (const file of files) leave(file, 'has no partner of its name on the other side')
    else
      for (const file of [...files, ...others])
        leave(file, 'has the name of another but for the ending, so that its partner is not certain')
  }
  for (const files of right.values())
    for (const file of files) leave(file, 'has no partner of its name on the other side')
  return { pairs, unmatched }
}

/** The error for a folder that lacks the folders of the two sides. */
export function noSidesError(path: string): GankitError {
  return new GankitError(
    'datasets',
    'data',
    `${path} has no folders A and B, nor trainA and trainB, expected a folder of pictures for each side: make them, or name the data of each stream, as in photos=folder:PATH`,
  )
}
