import { GankitError } from '@gankit/core'
import { maxThreads } from './wasm.ts'

/**
 * The threads that are asked for: by option, or else by GANKIT_THREADS; undefined where neither says.
 * @throws GankitError for anything but a whole number from 1 to `maxThreads`
 */
export function threadsOf(asked: unknown): number | undefined {
  const fromEnvironment = process.env['GANKIT_THREADS']
  if (asked === undefined && !fromEnvironment) return undefined
  const threads = asked ?? Number(fromEnvironment)
  if (typeof threads === 'number' && Number.isInteger(threads) && threads >= 1 && threads <= maxThreads)
    return threads
  const what = asked === undefined ? `GANKIT_THREADS is '${fromEnvironment}'` : `threads is ${shown(asked)}`
  throw new GankitError('runtime', 'option', `${what}, expected a whole number from 1 to ${maxThreads}`)
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}
