import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { GankitError } from '@gankit/core'

/** The beginning of the names of MNIST's files. */
export type Part = 'train' | 't10k'

/** The paths of the files of one part that exist. */
export interface PartFiles {
  readonly images?: string
  readonly labels?: string
}

/**
 * Finds MNIST's four files under their usual names: `train-images-idx3-ubyte`, `train-images.idx3-ubyte`, both also with
 * `.gz`, and so on. Where a file exists in several forms, the one without `.gz` is taken.
 * @throws GankitError when the folder can't be listed or has none of the files
 */
export async function findIdxFiles(folder: string): Promise<Record<Part, PartFiles>> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    throw new GankitError('datasets', 'file', `folder ${folder} ${explainFailure(cause)}`, { cause })
  })
  const existing = new Set(names)
  const find = (part: Part, kind: 'images' | 'labels') => {
    const name = listSpellings(part, kind).find(spelling => existing.has(spelling))
    return name && { [kind]: join(folder, name) }
  }
  const found = (part: Part): PartFiles => ({ ...find(part, 'images'), ...find(part, 'labels') })
  const files = { train: found('train'), t10k: found('t10k') }
  if (Object.keys({ ...files.train, ...files.t10k }).length === 0)
    throw new GankitError(
      'datasets',
      'file',
      `folder ${folder} ${names.length ? 'has no IDX files' : 'is empty'}, expected train-images-idx3-ubyte, and train-labels-idx1-ubyte where there are labels (t10k-… for the test images; .gz or not; .idx3-ubyte too)`,
    )
  return files
}

function listSpellings(part: Part, kind: 'images' | 'labels'): string[] {
  const dimensions = kind === 'images' ? 3 : 1
  return ['', '.gz'].flatMap(packed =>
    ['-', '.'].map(dot => `${part}-${kind}${dot}idx${dimensions}-ubyte${packed}`),
  )
}

function explainFailure({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'does not exist, expected a folder of IDX files: is the path right?'
  if (code === 'ENOTDIR') return 'is not a folder, expected the folder that holds the IDX files'
  if (code === 'EACCES' || code === 'EPERM')
    return `can't be listed (${code}), expected read permission: change it`
  return `can't be listed (${code ?? message})`
}
