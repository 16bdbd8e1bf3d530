import { inChunk } from './element-wise'
import { madd } from './tile'

/**
 * Bytes of a block, 256 numbers: sixteen sums in floats take sixteen squares each, and are then added to sums in doubles.
 * So rounding errors stay those of sixteen additions, however many numbers there are.
 */
const block: usize = 1024

/**
 * Σ x² of a chunk as a double, at the chunk's own place: added in order, the places give the same sum whichever threads
 * filled them. Words at `args`: x, places, count.
 */
export function squaredSumChunk(args: usize, chunk: i32): void {
  const first = chunk * inChunk, last = min(load<i32>(args, 8), first + inChunk)
  let x = <usize>load<u32>(args) + (<usize>first << 2)
  const end = x + (<usize>(last - first) << 2)
  let sums = f64x2.splat(0)
  while (x + block <= end) {
    let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0)
    for (const stop = x + block; x < stop; x += 64) {
      const p = v128.load(x), q = v128.load(x, 16), r = v128.load(x, 32), s = v128.load(x, 48)
      a = madd(p, p, a)
      b = madd(q, q, b)
      c = madd(r, r, c)
      d = madd(s, s, d)
    }
    const sum = f32x4.add(f32x4.add(a, b), f32x4.add(c, d))
    sums = f64x2.add(sums, f64x2.promote_low_f32x4(sum))
    sums = f64x2.add(sums, f64x2.promote_low_f32x4(v128.shuffle<i64>(sum, sum, 1, 0)))
  }
  let total = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
  for (; x < end; x += 4) {
    const value = <f64>load<f32>(x)
    total += value * value
  }
  store<f64>(<usize>load<u32>(args, 4) + (<usize>chunk << 3), total)
}
