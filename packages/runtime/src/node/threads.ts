import { checkThreads } from '../threads.ts'

/**
 * The threads that are asked for: by option, or else by GANKIT_THREADS; undefined where neither says.
 * @throws GankitError for anything but a whole number from 1 to `maxThreads`
 */
export function threadsOf(asked: unknown): number | undefined {
  const fromEnvironment = process.env['GANKIT_THREADS']
  if (asked === undefined && !fromEnvironment) return undefined
  const threads = asked ?? Number(fromEnvironment)
  checkThreads(threads, asked === undefined ? `GANKIT_THREADS is '${fromEnvironment}'` : undefined)
  return threads
}
