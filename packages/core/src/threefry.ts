/**
 * Threefry-2x32 with 20 rounds: a block cipher used as a random function of (key, counter).
 * Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
 * It writes 2·`blocks` words for the counters (from … from + blocks − 1, high) into `out`.
 */
// biome-ignore format: one line a round
export function threefry2x32(
  key0: number,
  key1: number,
  high: number,
  from: number,
  blocks: number,
  out: Uint32Array,
): void {
  const key2 = 0x1bd11bda ^ key0 ^ key1
  for (let block = 0; block < blocks; block++) {
    let a = (from + block + key0) | 0
    let b = (high + key1) | 0
    // Five groups of four rounds; after group g the key words are injected with g.
    a = (a + b) | 0; b = ((b << 13) | (b >>> 19)) ^ a
    a = (a + b) | 0; b = ((b << 15) | (b >>> 17)) ^ a
    a = (a + b) | 0; b = ((b << 26) | (b >>> 6)) ^ a
    a = (a + b) | 0; b = ((b << 6) | (b >>> 26)) ^ a
    a = (a + key1) | 0; b = (b + key2 + 1) | 0
    a = (a + b) | 0; b = ((b << 17) | (b >>> 15)) ^ a
    a = (a + b) | 0; b = ((b << 29) | (b >>> 3)) ^ a
    a = (a + b) | 0; b = ((b << 16) | (b >>> 16)) ^ a
    a = (a + b) | 0; b = ((b << 24) | (b >>> 8)) ^ a
    a = (a + key2) | 0; b = (b + key0 + 2) | 0
    a = (a + b) | 0; b = ((b << 13) | (b >>> 19)) ^ a
    a = (a + b) | 0; b = ((b << 15) | (b >>> 17)) ^ a
    a = (a + b) | 0; b = ((b << 26) | (b >>> 6)) ^ a
    a = (a + b) | 0; b = ((b << 6) | (b >>> 26)) ^ a
    a = (a + key0) | 0; b = (b + key1 + 3) | 0
    a = (a + b) | 0; b = ((b << 17) | (b >>> 15)) ^ a
    a = (a + b) | 0; b = ((b << 29) | (b >>> 3)) ^ a
    a = (a + b) | 0; b = ((b << 16) | (b >>> 16)) ^ a
    a = (a + b) | 0; b = ((b << 24) | (b >>> 8)) ^ a
    a = (a + key1) | 0; b = (b + key2 + 4) | 0
    a = (a + b) | 0; b = ((b << 13) | (b >>> 19)) ^ a
    a = (a + b) | 0; b = ((b << 15) | (b >>> 17)) ^ a
    a = (a + b) | 0; b = ((b << 26) | (b >>> 6)) ^ a
    a = (a + b) | 0; b = ((b << 6) | (b >>> 26)) ^ a
    a = (a + key2) | 0; b = (b + key0 + 5) | 0
    out[2 * block] = a
    out[2 * block + 1] = b
  }
}
