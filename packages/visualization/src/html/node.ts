import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** The path of a file of an installed package, such as 'uplot/LICENSE'. */
export const resolveAsset: (specifier: string) => string = createRequire(import.meta.url).resolve

/** Reads a file of this package's `page/`, which is the same in a checkout and installed. */
export function readPageAsset(name: string): Promise<string> {
  return readFile(resolveAsset(`@gankit/visualization/page/${name}`), 'utf8')
}

/** The source expression that allows a script in a Content-Security-Policy: 'sha256-…', with its quotes. */
export function hashScript(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}
