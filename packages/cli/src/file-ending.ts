import { extname } from 'node:path'
import { GankitError } from '@gankit/core'

/**
 * The ending of a file that a flag names, in small letters.
 * @throws GankitError unless it is one of `endings`
 */
export function endingOf<Ending extends string>(
  flag: string,
  file: string,
  endings: readonly [Ending, ...Ending[]],
): Ending {
  const ending = endings.find(known => known === extname(file).toLowerCase())
  if (ending === undefined)
    throw new GankitError(
      'cli',
      'option',
      `${flag} is '${file}', expected a file name that ends in ${endings.join(' or ')}`,
    )
  return ending
}
