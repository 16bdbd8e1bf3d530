import { isPictureName } from './picture-formats.ts'

/** The classes of pictures whose folders name them. */
export interface FolderClasses {
  /** Sorted by name. */
  readonly classes: readonly string[]
  /** The number of a picture's class. @throws Error with the reason why it has none */
  labelOf(name: string): number
  /** What a person should know about these classes. */
  readonly warning?: string
}

/** Names of the parts of a data set, which are no classes. */
const parts = new Set(
  ['train', 'training', 'test', 'testing', 'val', 'valid', 'validation', 'dev', 'eval', 'holdout'].flatMap(
    part => [part, `${part}_set`, `${part}set`],
  ),
)

/**
 * Finds the classes in the names of files, with '/' between folders: the first folder on a picture's path that not all pictures
 * share. Where all lie in one folder, it is the only class.
 * @returns undefined where the pictures lie in no folders
 */
export function findFolderClasses(names: readonly string[]): FolderClasses | undefined {
  const named = names.filter(isPictureName)
  // Notes beside the folders share nothing with pictures; where nothing is called a picture, all may be some.
  const pictures = named.length > 0 ? named : names
  const shared = findSharedFolder(pictures)
  const isOnly = !pictures.some(name => name.indexOf('/', shared.length) >= 0)
  // All pictures lie in the shared folder itself.
  const base = isOnly ? shared.slice(0, shared.lastIndexOf('/', shared.length - 2) + 1) : shared
  const classOf = (name: string) =>
    name.startsWith(base)
      ? name.slice(base.length, Math.max(base.length, name.indexOf('/', base.length)))
      : ''
  const classes = [...new Set(pictures.map(classOf))].filter(Boolean).sort()
  if (classes.length === 0) return undefined
  const places = new Map(classes.map((name, place) => [name, place]))
  const warning = findWarning(classes)
  return {
    classes,
    labelOf(name) {
      const label = places.get(classOf(name))
      if (label === undefined) throw new Error('is in no folder of a class')
      return label
    },
    ...(warning && { warning }),
  }
}

function findWarning(classes: readonly string[]): string | undefined {
  const [only, ...others] = classes
  if (others.length === 0)
    return `labels by folders give one class, '${only}', as all pictures lie in it: a generator has nothing to choose from`
  return classes.every(name => parts.has(name.toLowerCase()))
    ? `labels by folders give the classes ${classes.join(', ')}, which are parts of a data set and no kinds of pictures: take one part, ${only}, as the data`
    : undefined
}

/** The folder that all paths lie in, with '/' at its end; '' where there is none. */
export function findSharedFolder(paths: readonly string[]): string {
  let shared = paths[0] ?? ''
  shared = shared.slice(0, shared.lastIndexOf('/') + 1)
  for (const path of paths)
    while (!path.startsWith(shared)) shared = shared.slice(0, shared.lastIndexOf('/', shared.length - 2) + 1)
  return shared
}
