/**
 * Linear algebra on row-major matrices of doubles, two numbers at a time, for the Fréchet distance. The methods are those of
 * @gankit/metrics, whose docstrings name their sources.
 */

/** out = left·rightᵀ: left [rows, size], right [columns, size]. With `lower`, only whole tiles up to the diagonal are computed. */
export function products(
  left: usize, rows: i32, right: usize, columns: i32, size: i32, out: usize, lower: i32,
): void {
  const stride = <usize>size << 3
  for (let i = 0; i < rows; i += 2) {
    const two = i + 1 < rows
    const a = left + i * stride
    const b = two ? a + stride : a
    const wanted = lower ? min(columns, i + 2) : columns
    let to = out + ((<usize>i * columns) << 3)
    const next = two ? <usize>columns << 3 : 0
    let j = 0
    for (; j + 4 <= columns && j < wanted; j += 4, to += 32) tile(a, b, right + j * stride, stride, to, next)
    for (; j < wanted; j++, to += 8) {
      const c = right + j * stride
      store<f64>(to + next, dot(b, c, size))
      store<f64>(to, dot(a, c, size))
    }
  }
}

/** Two rows times four columns: eight sums and six pairs of numbers stay in registers. */
function tile(a: usize, b: usize, c: usize, stride: usize, out: usize, next: usize): void {
  const d = c + stride, e = d + stride, f = e + stride
  let ac = f64x2.splat(0), ad = ac, ae = ac, af = ac, bc = ac, bd = ac, be = ac, bf = ac
  const pairs = stride & ~15
  let k: usize = 0
  for (; k < pairs; k += 16) {
    const x = v128.load(a + k), y = v128.load(b + k)
    const p = v128.load(c + k), q = v128.load(d + k), r = v128.load(e + k), s = v128.load(f + k)
    ac = f64x2.add(ac, f64x2.mul(x, p))
    ad = f64x2.add(ad, f64x2.mul(x, q))
    ae = f64x2.add(ae, f64x2.mul(x, r))
    af = f64x2.add(af, f64x2.mul(x, s))
    bc = f64x2.add(bc, f64x2.mul(y, p))
    bd = f64x2.add(bd, f64x2.mul(y, q))
    be = f64x2.add(be, f64x2.mul(y, r))
    bf = f64x2.add(bf, f64x2.mul(y, s))
  }
  if (k < stride) {
    const x = v128.load64_zero(a + k), y = v128.load64_zero(b + k)
    const p = v128.load64_zero(c + k), q = v128.load64_zero(d + k), r = v128.load64_zero(e + k), s = v128.load64_zero(f + k)
    ac = f64x2.add(ac, f64x2.mul(x, p))
    ad = f64x2.add(ad, f64x2.mul(x, q))
    ae = f64x2.add(ae, f64x2.mul(x, r))
    af = f64x2.add(af, f64x2.mul(x, s))
    bc = f64x2.add(bc, f64x2.mul(y, p))
    bd = f64x2.add(bd, f64x2.mul(y, q))
    be = f64x2.add(be, f64x2.mul(y, r))
    bf = f64x2.add(bf, f64x2.mul(y, s))
  }
  v128.store(out + next, both(bc, bd))
  v128.store(out + next, both(be, bf), 16)
  v128.store(out, both(ac, ad))
  v128.store(out, both(ae, af), 16)
}

/** The sums of two pairs. */
// @ts-ignore: decorator
@inline
function both(a: v128, b: v128): v128 {
  return f64x2.add(v128.shuffle<i64>(a, b, 0, 2), v128.shuffle<i64>(a, b, 1, 3))
}

function dot(a: usize, b: usize, count: i32): f64 {
  let sums = f64x2.splat(0)
  const pairs = <usize>(count & ~1) << 3
  for (let k: usize = 0; k < pairs; k += 16) sums = f64x2.add(sums, f64x2.mul(v128.load(a + k), v128.load(b + k)))
  const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
  return count & 1 ? sum + load<f64>(a + pairs) * load<f64>(b + pairs) : sum
}

/** y += p·a + q·b. */
function addTwo(y: usize, p: f64, a: usize, q: f64, b: usize, count: i32): void {
  const ps = f64x2.splat(p), qs = f64x2.splat(q)
  const pairs = <usize>(count & ~1) << 3
  for (let k: usize = 0; k < pairs; k += 16)
    v128.store(y + k, f64x2.add(v128.load(y + k), f64x2.add(f64x2.mul(ps, v128.load(a + k)), f64x2.mul(qs, v128.load(b + k)))))
  if (count & 1) store<f64>(y + pairs, load<f64>(y + pairs) + p * load<f64>(a + pairs) + q * load<f64>(b + pairs))
}

/** Householder's reduction of the lower triangle, which is overwritten; `image` has room for `size` numbers. */
export function tridiagonal(matrix: usize, size: i32, diagonal: usize, offDiagonal: usize, image: usize): void {
  const stride = <usize>size << 3
  for (let i = size - 1; i > 0; i--) {
    const row = matrix + i * stride
    const at = <usize>i << 3
    store<f64>(diagonal + at, load<f64>(row + at))
    const last = load<f64>(row + at - 8)
    const rest = dot(row, row, i - 1)
    if (rest == 0) {
      store<f64>(offDiagonal + at, last)
      continue
    }
    const length = Math.sqrt(rest + last * last)
    const off = last > 0 ? -length : length
    store<f64>(offDiagonal + at, off)
    store<f64>(row + at - 8, last - off)
    reflect(matrix, stride, row, i, length * (length + Math.abs(last)), image)
  }
  store<f64>(diagonal, load<f64>(matrix))
}

/** Subtracts v·qᵀ + q·vᵀ from the block of rows before row v. */
function reflect(matrix: usize, stride: usize, v: usize, count: i32, half: f64, q: usize): void {
  multiply(matrix, stride, v, count, q)
  const share = dot(q, v, count) / (2 * half * half)
  for (let r: usize = 0; r < <usize>count << 3; r += 8)
    store<f64>(q + r, load<f64>(q + r) / half - share * load<f64>(v + r))
  for (let r = 0; r < count; r++) {
    const at = <usize>r << 3
    addTwo(matrix + r * stride, -load<f64>(v + at), q, -load<f64>(q + at), v, r + 1)
  }
}

/** q = block·v, read from the lower triangle, two rows at a time. */
function multiply(matrix: usize, stride: usize, v: usize, count: i32, q: usize): void {
  let r = count & 1
  if (r) store<f64>(q, load<f64>(matrix) * load<f64>(v))
  for (; r < count; r += 2) {
    const upper = matrix + r * stride, lower = upper + stride
    const at = <usize>r << 3
    const v0 = load<f64>(v + at), v1 = load<f64>(v + at + 8)
    const v0s = f64x2.splat(v0), v1s = f64x2.splat(v1)
    let sums0 = f64x2.splat(0), sums1 = sums0
    const pairs = at & ~15
    let c: usize = 0
    for (; c < pairs; c += 16) {
      const above = v128.load(upper + c), below = v128.load(lower + c), vc = v128.load(v + c)
      sums0 = f64x2.add(sums0, f64x2.mul(above, vc))
      sums1 = f64x2.add(sums1, f64x2.mul(below, vc))
      v128.store(q + c, f64x2.add(v128.load(q + c), f64x2.add(f64x2.mul(above, v0s), f64x2.mul(below, v1s))))
    }
    let sum0 = f64x2.extract_lane(sums0, 0) + f64x2.extract_lane(sums0, 1)
    let sum1 = f64x2.extract_lane(sums1, 0) + f64x2.extract_lane(sums1, 1)
    if (c < at) {
      const above = load<f64>(upper + c), below = load<f64>(lower + c), vc = load<f64>(v + c)
      sum0 += above * vc
      sum1 += below * vc
      store<f64>(q + c, load<f64>(q + c) + above * v0 + below * v1)
    }
    const between = load<f64>(lower + at)
    store<f64>(q + at, sum0 + load<f64>(upper + at) * v0 + between * v1)
    store<f64>(q + at + 8, sum1 + between * v0 + load<f64>(lower + at + 8) * v1)
  }
}

/** Pivoted Cholesky decomposition, greatest remaining variance first, into rows [rank, size]; `left` has room for `size` numbers. */
export function pivotedCholesky(covariance: usize, size: i32, rows: usize, left: usize): i32 {
  const stride = <usize>size << 3
  for (let i = 0; i < size; i++) store<f64>(left + (<usize>i << 3), load<f64>(covariance + i * (stride + 8)))
  const least = <f64>size * 2.220446049250313e-16 * load<f64>(left + (<usize>greatest(left, size) << 3))
  for (let rank = 0; rank < size; rank++) {
    const pivot = <usize>greatest(left, size) << 3
    const variance = load<f64>(left + pivot)
    if (!(variance > least)) return rank
    const row = rows + rank * stride
    memory.copy(row, covariance + (pivot >> 3) * stride, stride)
    let earlier = 0
    for (; earlier + 2 <= rank; earlier += 2) {
      const a = rows + earlier * stride, b = a + stride
      addTwo(row, -load<f64>(a + pivot), a, -load<f64>(b + pivot), b, size)
    }
    if (earlier < rank) {
      const a = rows + earlier * stride
      addTwo(row, -load<f64>(a + pivot), a, 0, a, size)
    }
    const root = Math.sqrt(variance)
    for (let j: usize = 0; j < stride; j += 8) {
      const rest = load<f64>(left + j)
      // Earlier pivots have no remaining variance; their numbers here are rounding errors.
      const value = rest > 0 ? load<f64>(row + j) / root : 0
      store<f64>(row + j, value)
      store<f64>(left + j, rest - value * value)
    }
    store<f64>(row + pivot, root)
    store<f64>(left + pivot, 0)
  }
  return size
}

/** The index of the first greatest number, 0 where none is above 0. */
function greatest(numbers: usize, count: i32): i32 {
  let most: f64 = 0, at = 0
  for (let i = 0; i < count; i++) {
    const value = load<f64>(numbers + (<usize>i << 3))
    if (value > most) {
      most = value
      at = i
    }
  }
  return at
}
