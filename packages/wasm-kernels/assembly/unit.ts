/**
 * Converts bytes to floats in [−1, 1], sixteen at a time: (2·byte − 255) / 255, rounded once, which for each of the 256
 * bytes is the float nearest to byte / 127.5 − 1. Multiplying by the float nearest to 1 / 255 instead would change 126 of
 * them in the last bit and save no time: memory is the limit.
 * Up to 15 bytes past `count` are read too, and their floats written.
 */
export function toUnit(from: usize, to: usize, count: i32): void {
  const end = from + count
  for (; from < end; from += 16, to += 64) {
    const bytes = v128.load(from)
    const low = centered(i16x8.extend_low_i8x16_u(bytes)), high = centered(i16x8.extend_high_i8x16_u(bytes))
    v128.store(to, share(i32x4.extend_low_i16x8_s(low)))
    v128.store(to, share(i32x4.extend_high_i16x8_s(low)), 16)
    v128.store(to, share(i32x4.extend_low_i16x8_s(high)), 32)
    v128.store(to, share(i32x4.extend_high_i16x8_s(high)), 48)
  }
}

// @ts-ignore: decorator
@inline
function centered(bytes: v128): v128 {
  return i16x8.sub(i16x8.shl(bytes, 1), i16x8.splat(255))
}

// @ts-ignore: decorator
@inline
function share(numbers: v128): v128 {
  return f32x4.div(f32x4.convert_i32x4_s(numbers), f32x4.splat(255))
}
