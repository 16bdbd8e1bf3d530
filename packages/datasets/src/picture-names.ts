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
