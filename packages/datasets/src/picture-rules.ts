/** Names of files that systems leave in folders, and that nobody means. @param name a path, with '/' between folders */
export function isNoise(name: string): boolean {
  return name
    .split('/')
    .some(part => part.startsWith('.') || ['__MACOSX', 'Thumbs.db', 'desktop.ini'].includes(part))
}

/** Whether a file is meant to be a picture by its name: then it is a loss if it is none. */
export function isNamedPicture(name: string): boolean {
  return /\.(jpe?g|jfif|png|webp|gif|avif|tiff?)$/i.test(name)
}

/** Larger files are no pictures to learn from, and reading them would take as much memory. */
const maxBytes = 256 * 2 ** 20

/** Why a file of this size is not read, or undefined. */
export function refusedSize(size: number): string | undefined {
  if (size === 0) return 'is empty'
  return size > maxBytes ? `has ${size} bytes, more than ${maxBytes}` : undefined
}

/** By UTF-16 code units, so that the order depends on no language. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
