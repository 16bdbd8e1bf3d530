import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of the only cache there. */
export function onlyCache(cacheDir: string): string {
  const names = readdirSync(join(cacheDir, 'packed'))
  if (names.length !== 1) throw new Error(`expected one cache, got ${names}`)
  return join(cacheDir, 'packed', names[0]!)
}

/** A hash of every file of the only cache there. */
export function cacheBytes(cacheDir: string): Record<string, string> {
  const folder = onlyCache(cacheDir)
  const hash = (name: string) =>
    createHash('sha1')
      .update(readFileSync(join(folder, name)))
      .digest('hex')
  return Object.fromEntries(readdirSync(folder).map(name => [name, hash(name)]))
}
