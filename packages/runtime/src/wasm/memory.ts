import { formatBytes, GankitError } from '@gankit/core'

/** All that WebAssembly with 32-bit addresses can have, in bytes. */
export const maxWasmBytes: number = 2 ** 32

interface Allocator {
  _malloc(bytes: number): number
  _free(address: number): void
}

/**
 * Makes a module's `_malloc` give unsigned addresses, and throw where there is no memory. The module's own gives addresses
 * beyond 2 GiB as negative numbers and 0 where memory has run out, which tfjs takes for an address: the numbers at the
 * beginning of memory would be overwritten without a word. It also takes the length modulo 2³², so more than 4 GiB would
 * become a small piece.
 */
export function checkAllocations(host: Allocator): void {
  // The first call replaces the function by the module's own, so it comes before this replacement.
  host._free(host._malloc(0))
  const allocate = host._malloc
  host._malloc = bytes => {
    const address = bytes < maxWasmBytes ? allocate(bytes) >>> 0 : 0
    if (address === 0 && bytes > 0)
      throw new GankitError(
        'runtime',
        'backend',
        `the wasm backend finds no ${formatBytes(bytes)} more: WebAssembly has ${formatBytes(maxWasmBytes)} at most, and the system may give less (ulimit -v): take smaller batches, smaller images, a smaller network or another backend`,
      )
    return address
  }
}
