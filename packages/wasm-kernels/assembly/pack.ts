/** Packs columns of a matrix [k, …] with rows of `row` bytes as panels [k, 8], the last one filled up with zeros. */
export function packRows(from: usize, row: usize, k: i32, columns: i32, to: usize): void {
  const panel = <usize>k << 5
  const whole = columns >> 3, rest = <usize>(columns & 7) << 2
  for (let i = 0; i < k; i++) {
    let source = from, target = to
    for (let p = 0; p < whole; p++) {
      v128.store(target, v128.load(source))
      v128.store(target, v128.load(source, 16), 16)
      source += 32
      target += panel
    }
    if (rest > 0) {
      v128.store(target, f32x4.splat(0))
      v128.store(target, f32x4.splat(0), 16)
      for (let n: usize = 0; n < rest; n += 4) store<f32>(target + n, load<f32>(source + n))
    }
    from += row
    to += 32
  }
}

/** Packs eight rows of a matrix [8, k], `row` bytes apart, as a panel [k, 8]; missing rows become zeros. */
export function packColumns(from: usize, row: usize, k: i32, rows: i32, to: usize): void {
  const end = to + (<usize>k << 5)
  if (rows == 8) {
    const whole = to + (<usize>(k & ~3) << 5)
    while (to < whole) {
      transpose(from, row, to)
      transpose(from + 4 * row, row, to + 16)
      from += 16
      to += 128
    }
  }
  for (; to < end; to += 32) {
    v128.store(to, f32x4.splat(0))
    v128.store(to, f32x4.splat(0), 16)
    for (let i = 0; i < rows; i++) store<f32>(to + (<usize>i << 2), load<f32>(from + <usize>i * row))
    from += 4
  }
}

/** Transposes four rows of four numbers; the results are 32 bytes apart. */
// @ts-ignore: decorator
@inline
function transpose(from: usize, row: usize, to: usize): void {
  const r0 = v128.load(from), r1 = v128.load(from + row), r2 = v128.load(from + 2 * row), r3 = v128.load(from + 3 * row)
  const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7)
  const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5), high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<i64>(low01, low23, 0, 2))
  v128.store(to, v128.shuffle<i64>(low01, low23, 1, 3), 32)
  v128.store(to, v128.shuffle<i64>(high01, high23, 0, 2), 64)
  v128.store(to, v128.shuffle<i64>(high01, high23, 1, 3), 96)
}

/**
 * Copies images [lines, points·channels] into images padded with zeros. A chunk is one image.
 * Words at `args`: from, to, lines, floats in a line, lines above, floats to the left, lines in the result, floats in
 * a line of the result.
 */
export function padChunk(args: usize, image: i32): void {
  const lines = load<i32>(args, 8), line = <usize>load<u32>(args, 12) << 2
  const above = load<i32>(args, 16), left = <usize>load<u32>(args, 20) << 2
  const linesOut = load<i32>(args, 24), lineOut = <usize>load<u32>(args, 28) << 2
  let from = <usize>load<u32>(args) + <usize>image * <usize>lines * line
  let to = <usize>load<u32>(args, 4) + <usize>image * <usize>linesOut * lineOut
  // Negative padding, which gradients can have, cuts lines and ends of lines off.
  const cut: usize = <i32>left < 0 ? -left : 0
  const start: usize = <i32>left < 0 ? 0 : left
  const length = <usize>min<i32>(<i32>(line - cut), <i32>(lineOut - start))
  for (let y = 0; y < linesOut; y++) {
    const source = y - above
    if (source < 0 || source >= lines || <i32>length <= 0) {
      memory.fill(to, 0, lineOut)
    } else {
      memory.fill(to, 0, start)
      memory.copy(to + start, from + <usize>source * line + cut, length)
      memory.fill(to + start + length, 0, lineOut - start - length)
    }
    to += lineOut
  }
}
