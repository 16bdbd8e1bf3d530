import { madd } from './tile'

/** Numbers in a chunk of an element-wise kernel, and of a sum over all numbers. */
export const inChunk: i32 = 16384

// @ts-ignore: decorator
@inline
function chunkEnd(count: i32, first: i32): i32 {
  return min(count, first + inChunk)
}

/**
 * Adam. Words at `args`: weight, m, v, gradient, new weight, new m, new v, count; then floats rate, β1, 1 − β1,
 * β2, 1 − β2, ε. The differences are passed because in single precision they would be off by one part in twenty thousand.
 */
export function adamChunk(args: usize, chunk: i32): void {
  const first = chunk * inChunk, last = chunkEnd(load<i32>(args, 28), first)
  const at = <usize>first << 2
  let w = <usize>load<u32>(args) + at, m = <usize>load<u32>(args, 4) + at, v = <usize>load<u32>(args, 8) + at
  let g = <usize>load<u32>(args, 12) + at
  let wNext = <usize>load<u32>(args, 16) + at, mNext = <usize>load<u32>(args, 20) + at
  let vNext = <usize>load<u32>(args, 24) + at
  const rate = load<f32>(args, 32), beta1 = load<f32>(args, 36), share1 = load<f32>(args, 40)
  const beta2 = load<f32>(args, 44), share2 = load<f32>(args, 48), epsilon = load<f32>(args, 52)
  const rates = f32x4.splat(-rate), betas1 = f32x4.splat(beta1), betas2 = f32x4.splat(beta2)
  const shares1 = f32x4.splat(share1), shares2 = f32x4.splat(share2), epsilons = f32x4.splat(epsilon)
  let i = first
  for (; i + 4 <= last; i += 4) {
    const gradient = v128.load(g)
    const mean = madd(v128.load(m), betas1, f32x4.mul(gradient, shares1))
    const square = madd(v128.load(v), betas2, f32x4.mul(f32x4.mul(gradient, gradient), shares2))
    v128.store(mNext, mean)
    v128.store(vNext, square)
    const change = f32x4.div(f32x4.mul(mean, rates), f32x4.add(f32x4.sqrt(square), epsilons))
    v128.store(wNext, f32x4.add(v128.load(w), change))
    w += 16; m += 16; v += 16; g += 16; wNext += 16; mNext += 16; vNext += 16
  }
  for (; i < last; i++) {
    const gradient = load<f32>(g)
    const mean = load<f32>(m) * beta1 + gradient * share1
    const square = load<f32>(v) * beta2 + gradient * gradient * share2
    store<f32>(mNext, mean)
    store<f32>(vNext, square)
    store<f32>(wNext, load<f32>(w) - (mean * rate) / (sqrt<f32>(square) + epsilon))
    w += 4; m += 4; v += 4; g += 4; wNext += 4; mNext += 4; vNext += 4
  }
}

/**
 * y where x > 0, else α·y: LeakyReLU itself where y is x, its gradient where y is dy.
 * Words at `args`: x, y, result, count; then the float α.
 */
export function leakyChunk(args: usize, chunk: i32): void {
  const first = chunk * inChunk, last = chunkEnd(load<i32>(args, 12), first)
  const at = <usize>first << 2
  let x = <usize>load<u32>(args) + at, y = <usize>load<u32>(args, 4) + at, to = <usize>load<u32>(args, 8) + at
  const alpha = load<f32>(args, 16)
  const alphas = f32x4.splat(alpha), zeros = f32x4.splat(0)
  let i = first
  for (; i + 4 <= last; i += 4) {
    const value = v128.load(y)
    v128.store(to, v128.bitselect(value, f32x4.mul(value, alphas), f32x4.gt(v128.load(x), zeros)))
    x += 16; y += 16; to += 16
  }
  for (; i < last; i++) {
    const value = load<f32>(y)
    store<f32>(to, load<f32>(x) > 0 ? value : value * alpha)
    x += 4; y += 4; to += 4
  }
}
