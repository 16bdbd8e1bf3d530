import { madd } from './tile'

/** Channels in a chunk: a cache line of them. */
const inChunk: i32 = 16
/**
 * Rows of a block. A block is read once for every four channels, so that its cache lines stay in the cache. The sum of a
 * block is added to the total as one number, so that small numbers are not lost in the total.
 */
const block: i32 = 64

// The vector of the last few channels reaches beyond them; the numbers beyond are computed but not stored.
// @ts-ignore: decorator
@inline
function storeChannels(to: usize, value: v128, channels: i32): void {
  if (channels >= 4) v128.store(to, value)
  else storeFew(to, value, channels)
}

function storeFew(to: usize, value: v128, channels: i32): void {
  store<f32>(to, f32x4.extract_lane(value, 0))
  if (channels > 1) store<f32>(to, f32x4.extract_lane(value, 1), 4)
  if (channels > 2) store<f32>(to, f32x4.extract_lane(value, 2), 8)
}

// @ts-ignore: decorator
@inline
function addChannels(to: usize, value: v128, channels: i32): void {
  storeChannels(to, f32x4.add(v128.load(to), value), channels)
}

/** sums = Σ x over rows. */
function sumRows(x: usize, rows: i32, row: usize, width: i32, sums: usize): void {
  memory.fill(sums, 0, <usize>width << 2)
  for (let first = 0; first < rows; first += block) {
    const here = min(block, rows - first)
    for (let channel = 0; channel < width; channel += 4) {
      const at = <usize>channel << 2
      let part = f32x4.splat(0), from = x + at
      for (let i = 0; i < here; i++) {
        part = f32x4.add(part, v128.load(from))
        from += row
      }
      addChannels(sums + at, part, width - channel)
    }
    x += <usize>here * row
  }
}

/** sums = Σ dy and products = Σ (x − mean)·dy over rows. */
function sumProducts(
  dy: usize, x: usize, mean: usize, rows: i32, row: usize, width: i32, sums: usize, products: usize,
): void {
  memory.fill(sums, 0, <usize>width << 2)
  memory.fill(products, 0, <usize>width << 2)
  for (let first = 0; first < rows; first += block) {
    const here = min(block, rows - first)
    for (let channel = 0; channel < width; channel += 4) {
      const at = <usize>channel << 2
      const means = v128.load(mean + at)
      let part = f32x4.splat(0), product = f32x4.splat(0), from = x + at, other = dy + at
      for (let i = 0; i < here; i++) {
        const value = v128.load(other)
        part = f32x4.add(part, value)
        product = madd(f32x4.sub(v128.load(from), means), value, product)
        from += row
        other += row
      }
      addChannels(sums + at, part, width - channel)
      addChannels(products + at, product, width - channel)
    }
    x += <usize>here * row
    dy += <usize>here * row
  }
}

/** squares = Σ (x − mean)² over rows. */
function sumSquares(x: usize, mean: usize, rows: i32, row: usize, width: i32, squares: usize): void {
  memory.fill(squares, 0, <usize>width << 2)
  for (let first = 0; first < rows; first += block) {
    const here = min(block, rows - first)
    for (let channel = 0; channel < width; channel += 4) {
      const at = <usize>channel << 2
      const means = v128.load(mean + at)
      let part = f32x4.splat(0), from = x + at
      for (let i = 0; i < here; i++) {
        const centred = f32x4.sub(v128.load(from), means)
        part = madd(centred, centred, part)
        from += row
      }
      addChannels(squares + at, part, width - channel)
    }
    x += <usize>here * row
  }
}

function divide(numbers: usize, by: i32, width: i32): void {
  for (let i: usize = 0; i < (<usize>width << 2); i += 4) store<f32>(numbers + i, load<f32>(numbers + i) / <f32>by)
}

/** The chunks of a table of rows. */
// @ts-ignore: decorator
@inline
function chunksOf(channels: i32): i32 {
  return (channels + inChunk - 1) / inChunk
}

/** 1 / √(variance + ε) of four channels. */
// @ts-ignore: decorator
@inline
function inverseDeviation(variance: usize, epsilon: f32): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(v128.load(variance), f32x4.splat(epsilon))))
}

/** Σ x over rows. Words at `args`: x, sums, rows, channels. A chunk is sixteen channels, as in all that follow. */
export function sumRowsChunk(args: usize, chunk: i32): void {
  const channels = load<i32>(args, 12)
  const first = chunk * inChunk, at = <usize>first << 2
  const x = <usize>load<u32>(args) + at, sums = <usize>load<u32>(args, 4) + at
  sumRows(x, load<i32>(args, 8), <usize>channels << 2, min(inChunk, channels - first), sums)
}

/**
 * Batch norm of each of several tables of rows, one after another; instance norm, if the tables are images. Words at
 * `args`: x, γ, β, y, mean, variance, rows of a table, channels; then the float ε. γ, β and the statistics have a
 * number for each channel of each table. A table has as many chunks as it needs for its channels.
 */
export function batchNormChunk(args: usize, chunk: i32): void {
  const rows = load<i32>(args, 24), channels = load<i32>(args, 28), epsilon = load<f32>(args, 32)
  const inTable = chunksOf(channels), table = chunk / inTable
  const first = (chunk % inTable) * inChunk, width = min(inChunk, channels - first)
  const at = <usize>(table * channels + first) << 2, row = <usize>channels << 2
  const start = <usize>(table * rows * channels + first) << 2
  let x = <usize>load<u32>(args) + start, y = <usize>load<u32>(args, 12) + start
  const gamma = <usize>load<u32>(args, 4) + at, beta = <usize>load<u32>(args, 8) + at
  const mean = <usize>load<u32>(args, 16) + at, variance = <usize>load<u32>(args, 20) + at
  sumRows(x, rows, row, width, mean)
  divide(mean, rows, width)
  sumSquares(x, mean, rows, row, width, variance)
  divide(variance, rows, width)
  for (let r = 0; r < rows; r += block) {
    const here = min(block, rows - r)
    for (let channel = 0; channel < width; channel += 4) {
      const i = <usize>channel << 2
      const means = v128.load(mean + i), shift = v128.load(beta + i)
      const scale = f32x4.mul(v128.load(gamma + i), inverseDeviation(variance + i, epsilon))
      let from = x + i, to = y + i
      for (let k = 0; k < here; k++) {
        storeChannels(to, madd(f32x4.sub(v128.load(from), means), scale, shift), width - channel)
        from += row
        to += row
      }
    }
    x += <usize>here * row
    y += <usize>here * row
  }
}

/**
 * The gradient of that. Words at `args`: dy, x, γ, mean, variance, dx, dγ, dβ, rows of a table, channels; then the float ε.
 */
export function batchNormGradChunk(args: usize, chunk: i32): void {
  const rows = load<i32>(args, 32), channels = load<i32>(args, 36), epsilon = load<f32>(args, 40)
  const inTable = chunksOf(channels), table = chunk / inTable
  const first = (chunk % inTable) * inChunk, width = min(inChunk, channels - first)
  const at = <usize>(table * channels + first) << 2, row = <usize>channels << 2
  const start = <usize>(table * rows * channels + first) << 2
  let dy = <usize>load<u32>(args) + start, x = <usize>load<u32>(args, 4) + start
  let dx = <usize>load<u32>(args, 20) + start
  const gamma = <usize>load<u32>(args, 8) + at, mean = <usize>load<u32>(args, 12) + at
  const variance = <usize>load<u32>(args, 16) + at
  const dgamma = <usize>load<u32>(args, 24) + at, dbeta = <usize>load<u32>(args, 28) + at
  sumProducts(dy, x, mean, rows, row, width, dbeta, dgamma)
  for (let channel = 0; channel < width; channel += 4) {
    const i = <usize>channel << 2
    const along = f32x4.mul(v128.load(dgamma + i), inverseDeviation(variance + i, epsilon))
    storeChannels(dgamma + i, along, width - channel)
  }
  const count = f32x4.splat(<f32>rows)
  for (let r = 0; r < rows; r += block) {
    const here = min(block, rows - r)
    for (let channel = 0; channel < width; channel += 4) {
      const i = <usize>channel << 2
      const means = v128.load(mean + i), inverse = inverseDeviation(variance + i, epsilon)
      const scale = f32x4.mul(v128.load(gamma + i), inverse)
      const shift = f32x4.div(v128.load(dbeta + i), count)
      const slope = f32x4.div(f32x4.mul(v128.load(dgamma + i), inverse), count)
      let from = x + i, other = dy + i, to = dx + i
      for (let k = 0; k < here; k++) {
        const centred = f32x4.sub(v128.load(from), means)
        const rest = f32x4.sub(f32x4.sub(v128.load(other), shift), f32x4.mul(centred, slope))
        storeChannels(to, f32x4.mul(rest, scale), width - channel)
        from += row
        other += row
        to += row
      }
    }
    x += <usize>here * row
    dy += <usize>here * row
    dx += <usize>here * row
  }
}
