import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)

/** A file of this package's `page/`, which is the same in a checkout and installed. */
export function readPage(name: string): Promise<string> {
  return readFile(resolve(`@gankit/visualization/page/${name}`), 'utf8')
}

/** What a Content-Security-Policy calls a script. */
export function sha256(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}
