import { readFile } from 'node:fs/promises'
import { type Attribute, GankitError } from '@gankit/core'
import { sha256 } from './packed/sha256.ts'

/** What list_attr_celeba says. */
export interface CelebaAttributes {
  readonly path: string
  readonly attributes: readonly Attribute[]
  /** By the name of the picture, a code an attribute: 0 no, 1 yes. */
  readonly codes: ReadonlyMap<string, Uint8Array>
  /** Of the list itself. */
  readonly sha256: string
}

/**
 * Reads the list in either form that is about: text (the count, the names, then `000001.jpg -1 1 …`), or CSV with one
 * line of names.
 * @throws GankitError that names the line at fault
 */
export async function readCelebaAttributes(path: string): Promise<CelebaAttributes> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new GankitError('datasets', 'file', `${path} can't be read (${cause.code}): expected a file`, {
      cause,
    })
  })
  const lines = text.split(/\r?\n/).map(line => line.split(/[\s,]+/).filter(Boolean))
  const isCounted = lines[0]?.length === 1
  const [names = []] = lines.slice(isCounted ? 1 : 0)
  const attributes = names.filter(name => name !== 'image_id').map(name => ({ name, values: ['no', 'yes'] }))
  if (attributes.length === 0) throw wrong(path, 1, 'has no names of attributes')

  const codes = new Map<string, Uint8Array>()
  for (const [i, [picture, ...marks]] of lines.entries()) {
    if (i < (isCounted ? 2 : 1) || picture === undefined) continue
    if (marks.length !== attributes.length)
      throw wrong(path, i + 1, `has ${marks.length} marks, expected ${attributes.length}`)
    const other = marks.find(mark => mark !== '1' && mark !== '-1')
    if (other !== undefined) throw wrong(path, i + 1, `has the mark '${other}', expected 1 or -1`)
    codes.set(
      picture,
      Uint8Array.from(marks, mark => (mark === '1' ? 1 : 0)),
    )
  }
  if (isCounted && codes.size !== Number(lines[0]![0]))
    throw wrong(path, 1, `promises ${lines[0]![0]} pictures, and there are ${codes.size}`)
  return { path, attributes, codes, sha256: sha256(text) }
}

function wrong(path: string, line: number, what: string): GankitError {
  return new GankitError(
    'datasets',
    'data',
    `line ${line} of ${path} ${what}: is it list_attr_celeba, and whole? Move it away to go on without attributes`,
  )
}
