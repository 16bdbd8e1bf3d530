// Products of tiles in registers. 6×8 accumulators, two vectors of B and one number of A fill the fifteen SIMD registers
// that an x86-64 engine can use.

/** acc + a·b, with one rounding in modules with relaxed SIMD. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, acc: v128): v128 {
  if (RELAXED) return f32x4.relaxed_madd(a, b, acc)
  return f32x4.add(f32x4.mul(a, b), acc)
}

// The functions of tiles leave their sums, [6, 8], in memory and do nothing else: other code around such a loop, above all
// a call, makes the engine keep the accumulators on the stack.

// @ts-ignore: decorator
@inline
function storeSums(
  sums: usize,
  c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128,
  c30: v128, c31: v128, c40: v128, c41: v128, c50: v128, c51: v128,
): void {
  v128.store(sums, c00); v128.store(sums, c01, 16)
  v128.store(sums, c10, 32); v128.store(sums, c11, 48)
  v128.store(sums, c20, 64); v128.store(sums, c21, 80)
  v128.store(sums, c30, 96); v128.store(sums, c31, 112)
  v128.store(sums, c40, 128); v128.store(sums, c41, 144)
  v128.store(sums, c50, 160); v128.store(sums, c51, 176)
}

/**
 * Adds six rows of A times a packed panel of B: sums[r, 0..8] += Σ A[r, k]·panel[k, 0..8].
 * @param rows six addresses of rows of A, which are a run each
 * @param step bytes to be added to the addresses
 * @param end of the panel
 */
export function rowTile(rows: usize, step: usize, panel: usize, end: usize, sums: usize): void {
  let a0 = load<u32>(rows) + step, a1 = load<u32>(rows, 4) + step, a2 = load<u32>(rows, 8) + step
  let a3 = load<u32>(rows, 12) + step, a4 = load<u32>(rows, 16) + step, a5 = load<u32>(rows, 20) + step
  let c00 = v128.load(sums), c01 = v128.load(sums, 16), c10 = v128.load(sums, 32), c11 = v128.load(sums, 48)
  let c20 = v128.load(sums, 64), c21 = v128.load(sums, 80), c30 = v128.load(sums, 96), c31 = v128.load(sums, 112)
  let c40 = v128.load(sums, 128), c41 = v128.load(sums, 144), c50 = v128.load(sums, 160), c51 = v128.load(sums, 176)
  while (panel < end) {
    const b0 = v128.load(panel), b1 = v128.load(panel, 16)
    let a = v128.load32_splat(a0)
    c00 = madd(a, b0, c00); c01 = madd(a, b1, c01)
    a = v128.load32_splat(a1)
    c10 = madd(a, b0, c10); c11 = madd(a, b1, c11)
    a = v128.load32_splat(a2)
    c20 = madd(a, b0, c20); c21 = madd(a, b1, c21)
    a = v128.load32_splat(a3)
    c30 = madd(a, b0, c30); c31 = madd(a, b1, c31)
    a = v128.load32_splat(a4)
    c40 = madd(a, b0, c40); c41 = madd(a, b1, c41)
    a = v128.load32_splat(a5)
    c50 = madd(a, b0, c50); c51 = madd(a, b1, c51)
    a0 += 4; a1 += 4; a2 += 4; a3 += 4; a4 += 4; a5 += 4
    panel += 32
  }
  storeSums(sums, c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51)
}

/**
 * Six columns of X times eight of Y, both packed, summed over places: sums[i, j] = Σ X[place, i]·Y[place, j].
 * @param x [places, 6]
 * @param y [places, 8]
 */
export function columnTile(x: usize, y: usize, places: i32, sums: usize): void {
  let c00 = f32x4.splat(0), c10 = c00, c20 = c00, c30 = c00, c40 = c00, c50 = c00
  let c01 = c00, c11 = c00, c21 = c00, c31 = c00, c41 = c00, c51 = c00
  const end = y + (<usize>places << 5)
  while (y < end) {
    const b0 = v128.load(y), b1 = v128.load(y, 16)
    let a = v128.load32_splat(x)
    c00 = madd(a, b0, c00); c01 = madd(a, b1, c01)
    a = v128.load32_splat(x, 4)
    c10 = madd(a, b0, c10); c11 = madd(a, b1, c11)
    a = v128.load32_splat(x, 8)
    c20 = madd(a, b0, c20); c21 = madd(a, b1, c21)
    a = v128.load32_splat(x, 12)
    c30 = madd(a, b0, c30); c31 = madd(a, b1, c31)
    a = v128.load32_splat(x, 16)
    c40 = madd(a, b0, c40); c41 = madd(a, b1, c41)
    a = v128.load32_splat(x, 20)
    c50 = madd(a, b0, c50); c51 = madd(a, b1, c51)
    x += 24
    y += 32
  }
  storeSums(sums, c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51)
}

/**
 * Adds the products of six rows of A and one column, four places apart: sums[r, 0..4]. For results of a few columns,
 * where a panel of eight would be mostly zeros.
 * @param rows, step as for `rowTile`
 * @param end of the column
 */
export function dotTile(rows: usize, step: usize, column: usize, end: usize, sums: usize): void {
  let a0 = load<u32>(rows) + step, a1 = load<u32>(rows, 4) + step, a2 = load<u32>(rows, 8) + step
  let a3 = load<u32>(rows, 12) + step, a4 = load<u32>(rows, 16) + step, a5 = load<u32>(rows, 20) + step
  let s0 = v128.load(sums), s1 = v128.load(sums, 16), s2 = v128.load(sums, 32)
  let s3 = v128.load(sums, 48), s4 = v128.load(sums, 64), s5 = v128.load(sums, 80)
  const whole = column + ((end - column) & ~15)
  while (column < whole) {
    const b = v128.load(column)
    s0 = madd(v128.load(a0), b, s0)
    s1 = madd(v128.load(a1), b, s1)
    s2 = madd(v128.load(a2), b, s2)
    s3 = madd(v128.load(a3), b, s3)
    s4 = madd(v128.load(a4), b, s4)
    s5 = madd(v128.load(a5), b, s5)
    a0 += 16; a1 += 16; a2 += 16; a3 += 16; a4 += 16; a5 += 16
    column += 16
  }
  while (column < end) {
    const b = v128.load32_zero(column)
    s0 = madd(v128.load32_zero(a0), b, s0)
    s1 = madd(v128.load32_zero(a1), b, s1)
    s2 = madd(v128.load32_zero(a2), b, s2)
    s3 = madd(v128.load32_zero(a3), b, s3)
    s4 = madd(v128.load32_zero(a4), b, s4)
    s5 = madd(v128.load32_zero(a5), b, s5)
    a0 += 4; a1 += 4; a2 += 4; a3 += 4; a4 += 4; a5 += 4
    column += 4
  }
  v128.store(sums, s0); v128.store(sums, s1, 16); v128.store(sums, s2, 32)
  v128.store(sums, s3, 48); v128.store(sums, s4, 64); v128.store(sums, s5, 80)
}
