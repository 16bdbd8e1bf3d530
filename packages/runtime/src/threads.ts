import { GankitError } from '@gankit/core'

/** tfjs's wasm binary keeps a pool of eight workers ready; one more thread would wait for ever. */
export const maxThreads = 8

/**
 * @param said what was asked for, in words, for the error
 * @throws GankitError for anything but a whole number from 1 to `maxThreads`
 */
export function checkThreads(
  threads: unknown,
  said = `threads is ${shown(threads)}`,
): asserts threads is number {
  if (typeof threads === 'number' && Number.isInteger(threads) && threads >= 1 && threads <= maxThreads)
    return
  throw new GankitError('runtime', 'option', `${said}, expected a whole number from 1 to ${maxThreads}`)
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
