/**
 * Shrinks pictures of 3 bytes per pixel along y, then along x, by weighted sums of neighbors in whole numbers, so that every
 * machine computes the same bytes. Weights are 16-bit fractions of 2¹⁴. Up to 47 bytes behind a line are read, and up to
 * 15 behind a result written.
 */

/**
 * Mixes several lines into one: each byte is the weighted sum of the bytes below one another, `stride` bytes apart.
 * @param weights one for each of `lines`, which is even
 */
export function mixLines(from: usize, stride: usize, to: usize, bytes: i32, weights: usize, lines: i32): void {
  for (let x = 0; x < bytes; x += 16) {
    let a = half(), b = half(), c = half(), d = half()
    let at = from + x
    for (let i = 0; i < lines; i += 2, at += 2 * stride) {
      const weight = v128.load32_splat(weights + 2 * i)
      const upper = v128.load(at), lower = v128.load(at + stride)
      const low = i8x16.shuffle(upper, lower, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
      const high = i8x16.shuffle(upper, lower, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
      a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(low), weight))
      b = i32x4.add(b, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(low), weight))
      c = i32x4.add(c, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(high), weight))
      d = i32x4.add(d, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(high), weight))
    }
    v128.store(to + x, i8x16.narrow_i16x8_u(level(a, b), level(c, d)))
  }
}

/**
 * Mixes the pixels of a line into a shorter line.
 * @param firsts of each new pixel, the address in `from` where its sum begins: 32-bit, bytes from the line's start
 * @param weights `pixels` for each new pixel, a multiple of 4
 */
export function mixPixels(from: usize, to: usize, width: i32, firsts: usize, weights: usize, pixels: i32): void {
  for (let x = 0; x < width; x++, to += 3) {
    let sum = half(), other = i32x4.splat(0)
    let at = from + load<u32>(firsts + 4 * x)
    for (let i = 0; i < pixels; i += 4, at += 12, weights += 8) {
      const four = i8x16.shuffle(v128.load(at), i32x4.splat(0), 0, 3, 1, 4, 2, 5, 16, 16, 6, 9, 7, 10, 8, 11, 16, 16)
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(four), v128.load32_splat(weights)))
      other = i32x4.add(other, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(four), v128.load32_splat(weights, 4)))
    }
    const both = level(i32x4.add(sum, other), i32x4.splat(0))
    // Red, green, blue, and a byte that the next pixel overwrites.
    store<u32>(to, i32x4.extract_lane(i8x16.narrow_i16x8_u(both, both), 0))
  }
}

// @ts-ignore: decorator
@inline
function half(): v128 {
  return i32x4.splat(1 << 13)
}

// @ts-ignore: decorator
@inline
function level(low: v128, high: v128): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, 14), i32x4.shr_s(high, 14))
}
