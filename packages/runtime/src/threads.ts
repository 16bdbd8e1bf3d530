import { checkInteger } from '@gankit/core'

/** In a page, tfjs's wasm binary has eight workers; a pool of more threads would wait for ever. */
export const maxThreads = 8

/** @throws GankitError for anything but a whole number from 1 to `maxThreads` */
export function checkThreads(threads: unknown): asserts threads is number {
  checkInteger('runtime', 'threads', threads, 1, maxThreads)
}
