/** Stores one row of sums, or adds the sums to the numbers already there. */
export function storeRow(sums: usize, to: usize, columns: i32, add: bool): void {
  if (columns < 8) {
    for (let i: usize = 0; i < (<usize>columns << 2); i += 4) {
      const sum = load<f32>(sums + i)
      store<f32>(to + i, add ? load<f32>(to + i) + sum : sum)
    }
  } else if (add) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(sums)))
    v128.store(to, f32x4.add(v128.load(to, 16), v128.load(sums, 16)), 16)
  } else {
    v128.store(to, v128.load(sums))
    v128.store(to, v128.load(sums, 16), 16)
  }
}
