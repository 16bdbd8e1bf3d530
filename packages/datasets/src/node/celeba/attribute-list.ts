import { type Attribute, GankitError } from '@gankit/core'
import { sha256Sync } from '@gankit/core/node'

/** The content of list_attr_celeba. */
export interface AttributeList {
  readonly path: string
  readonly definitions: readonly Attribute[]
  /** For each picture's name the values of its attributes: 0 no, 1 yes. */
  readonly byPicture: ReadonlyMap<string, Uint8Array>
  /** The hash of the list. */
  readonly sha256: string
}

/** The names that the list has in the downloads. */
export const listNames: readonly string[] = ['list_attr_celeba.txt', 'list_attr_celeba.csv']

/**
 * Reads the list in one of its two forms: text (the count, the names, then `000001.jpg -1 1 …`), or CSV with one line of
 * names, quoted or not, separated by commas, semicolons or tabs.
 * @param path the list's place in messages
 * @throws GankitError that names the line at fault
 */
export function parseAttributeList(text: string, path: string): AttributeList {
  const lines = text.split(/\r?\n/).map(line =>
    line
      .replaceAll('"', '')
      .split(/[\s,;]+/)
      .filter(Boolean),
  )
  const isCounted = lines[0]?.length === 1
  const [names = []] = lines.slice(isCounted ? 1 : 0)
  const definitions = names.filter(name => name !== 'image_id').map(name => ({ name, values: ['no', 'yes'] }))
  if (definitions.length === 0) throw lineError(path, 1, 'has no names of attributes')

  const byPicture = new Map<string, Uint8Array>()
  for (const [i, [picture, ...words]] of lines.entries()) {
    if (i < (isCounted ? 2 : 1) || picture === undefined) continue
    if (words.length !== definitions.length)
      throw lineError(path, i + 1, `has ${words.length} marks, expected ${definitions.length}`)
    const other = words.find(word => word !== '1' && word !== '-1')
    if (other !== undefined) throw lineError(path, i + 1, `has the mark '${other}', expected 1 or -1`)
    byPicture.set(
      picture,
      Uint8Array.from(words, word => (word === '1' ? 1 : 0)),
    )
  }
  if (isCounted && byPicture.size !== Number(lines[0]![0]))
    throw lineError(path, 1, `promises ${lines[0]![0]} pictures, and there are ${byPicture.size}`)
  return { path, definitions, byPicture, sha256: sha256Sync(text) }
}

function lineError(path: string, line: number, what: string): GankitError {
  return new GankitError(
    'datasets',
    'data',
    `line ${line} of ${path} ${what}: is it list_attr_celeba, and whole? Move it away to go on without attributes`,
  )
}
