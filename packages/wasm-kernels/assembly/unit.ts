/**
 * Turns bytes into floats in [−1, 1], sixteen at a time: (2·byte − 255) / 255, rounded once. For each of the 256 bytes
 * that is the float nearest to byte / 127.5 − 1. Multiplied by the float nearest to 1 / 255 instead, 126 of them
 * would differ in the last bit, and it would take as long: what it waits for is memory.
 * Past `count`, up to 15 more bytes are read and their floats written.
 */
export function toUnit(from: usize, to: usize, count: i32): void {
  const end = from + count
  for (; from < end; from += 16, to += 64) {
    const bytes = v128.load(from)
    const low = centred(i16x8.extend_low_i8x16_u(bytes)), high = centred(i16x8.extend_high_i8x16_u(bytes))
    v128.store(to, share(i32x4.extend_low_i16x8_s(low)))
    v128.store(to, share(i32x4.extend_high_i16x8_s(low)), 16)
    v128.store(to, share(i32x4.extend_low_i16x8_s(high)), 32)
    v128.store(to, share(i32x4.extend_high_i16x8_s(high)), 48)
  }
}

// @ts-ignore: decorator
@inline
function centred(bytes: v128): v128 {
  return i16x8.sub(i16x8.shl(bytes, 1), i16x8.splat(255))
}

// @ts-ignore: decorator
@inline
function share(numbers: v128): v128 {
  return f32x4.div(f32x4.convert_i32x4_s(numbers), f32x4.splat(255))
}
