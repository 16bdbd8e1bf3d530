/** Where a dropped file lay below the folder that was dropped; a File says so only of folders that were chosen. */
const paths = new WeakMap<File, string>()

/** The path of a file below the folder that was chosen or dropped; its name where it was alone. */
export const pathOf = (file: File): string => paths.get(file) || file.webkitRelativePath || file.name

/** The name of the folder that files come from; of single files that of the first. */
export function nameOf(files: readonly File[]): string {
  const [first] = files
  const [folder, ...rest] = first ? pathOf(first).split('/') : []
  return (rest.length > 0 ? folder : first?.name) ?? 'pictures'
}

/** All files of what was dropped, folders with what is in them; in the order of their paths. */
export async function listDropped({ items, files }: DataTransfer): Promise<readonly File[]> {
  // Entries have to be taken before anything is awaited: then the items are gone.
  const entries = Array.from(items).flatMap(item => item.webkitGetAsEntry() ?? [])
  if (entries.length === 0) return Array.from(files)
  const found: File[] = []
  for (const entry of entries) await collect(entry, found)
  return found.sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1))
}

async function collect(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    paths.set(file, entry.fullPath.replace(/^\//, ''))
    found.push(file)
  }
  if (!isFolder(entry)) return
  const reader = entry.createReader()
  // A browser hands out a hundred at a time.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (part.length === 0) return
    for (const each of part) await collect(each, found)
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/**
 * The pictures of folders A and B, each in the order of their names.
 * @returns undefined unless each of A has one of B with the same name, whatever their endings
 */
export function splitPairs(
  files: readonly File[],
): readonly [a: readonly File[], b: readonly File[]] | undefined {
  const side = (letter: 'a' | 'b') =>
    files
      .filter(file => pathOf(file).toLowerCase().split('/').slice(0, -1).includes(letter))
      .sort((a, b) => (stemOf(a) < stemOf(b) ? -1 : 1))
  const [a, b] = [side('a'), side('b')]
  const isWhole =
    a.length > 0 && a.length === b.length && a.every((file, i) => stemOf(file) === stemOf(b[i]!))
  return isWhole ? [a, b] : undefined
}

const stemOf = (file: File): string => file.name.replace(/\.[^.]*$/, '').toLowerCase()
