import { type Dataset, GankitError } from '@gankit/core'
import { dataKinds } from './data-kinds.ts'
import type { DataOptions, DataSurroundings } from './data-options.ts'
import { parseSpec } from './parse-spec.ts'

/**
 * Opens the data that a spec names: 'embedded', 'cartoon:20000', 'folder:PATH', or a path alone.
 * @throws GankitError for a spec that isn't known, an option that its kind of data doesn't have, and as that kind does
 */
export async function openDataset(
  spec: string,
  options: DataOptions = {},
  how: DataSurroundings = {},
): Promise<Dataset> {
  const { kind, rest = '' } = parseSpec(spec)
  const { open, options: known } = dataKinds[kind]
  for (const [name, value] of Object.entries(options))
    if (value !== undefined && !known.includes(name as keyof DataOptions))
      throw new GankitError(
        'datasets',
        'option',
        `${name} is given with '${spec}', which takes ${known.length > 0 ? `only ${known.join(', ')}` : 'no options'}: leave it out`,
      )
  return open(rest, options, how)
}
