import { storeRow } from './store'
import { columnTile } from './tile'

/**
 * Xᵀ·Y summed over places, which is the gradient of every filter and of every matrix of a dense layer. The places are
 * images × lines × points. A chunk is some of the columns of X for one line of the filter; it goes over the places in
 * groups of lines, packed so that they stay in the cache.
 *
 * Words at `args`: x, y, c, columns of X (a run), columns of Y, bytes of X from one line of the filter to the next,
 * images, lines, points, distances in X (image, line, point) and in Y (image, line, point), lines in a group, columns
 * of X in a chunk, chunks in a line of the filter, scratch, bytes of scratch of a thread.
 */
export function columnsChunk(args: usize, chunk: i32, thread: i32): void {
  const width = load<i32>(args, 12), columns = load<i32>(args, 16)
  const lines = load<i32>(args, 28), points = load<i32>(args, 32)
  const xImage = <usize>load<u32>(args, 36), xLine = <usize>load<u32>(args, 40), xPoint = <usize>load<u32>(args, 44)
  const yImage = <usize>load<u32>(args, 48), yLine = <usize>load<u32>(args, 52), yPoint = <usize>load<u32>(args, 56)
  const group = load<i32>(args, 60), inChunk = load<i32>(args, 64), chunks = load<i32>(args, 68)
  const sums = <usize>load<u32>(args, 72) + <usize>thread * <usize>load<u32>(args, 76)
  const packedY = sums + 192
  const packedX = packedY + (<usize>(group * points) << 5)

  const filterLine = chunk / chunks
  const first = (chunk % chunks) * inChunk
  const last = min(width, first + inChunk)
  const x = <usize>load<u32>(args) + <usize>filterLine * <usize>load<u32>(args, 20) + (<usize>first << 2)
  const y = <usize>load<u32>(args, 4)
  const row = <usize>columns << 2
  const c = <usize>load<u32>(args, 8) + <usize>(filterLine * width + first) * row
  const all = load<i32>(args, 24) * lines
  for (let line = 0; line < all; line += group) {
    const here = min(group, all - line), places = here * points
    const tile = <usize>places * 24
    packX(x, line, here, lines, points, xImage, xLine, xPoint, last - first, packedX)
    for (let column = 0; column < columns; column += 8) {
      const wide = min(8, columns - column)
      packY(y + (<usize>column << 2), line, here, lines, points, yImage, yLine, yPoint, wide, packedY)
      let xs = packedX, to = c + (<usize>column << 2)
      for (let i = first; i < last; i += 6) {
        columnTile(xs, packedY, places, sums)
        for (let r = 0; r < min(6, last - i); r++) {
          storeRow(sums + (<usize>r << 5), to, wide, line > 0)
          to += row
        }
        xs += tile
      }
    }
  }
}

/** Packs columns of X at the places of some lines as tiles [places, 6]. Columns of the last tile beyond X are not used. */
function packX(
  x: usize, line: i32, count: i32, lines: i32, points: i32,
  image: usize, lineBytes: usize, point: usize, columns: i32, to: usize,
): void {
  const tile = <usize>(count * points) * 24
  const end = <usize>columns << 2
  for (let l = line; l < line + count; l++) {
    let from = x + <usize>(l / lines) * image + <usize>(l % lines) * lineBytes
    for (let p = 0; p < points; p++) {
      let target = to
      for (let at: usize = 0; at < end; at += 24) {
        v128.store(target, v128.load(from + at))
        store<u64>(target, load<u64>(from + at, 16), 16)
        target += tile
      }
      from += point
      to += 24
    }
  }
}

/** Packs eight columns of Y, or fewer, at the places of some lines as [places, 8]. */
function packY(
  y: usize, line: i32, count: i32, lines: i32, points: i32,
  image: usize, lineBytes: usize, point: usize, columns: i32, to: usize,
): void {
  for (let l = line; l < line + count; l++) {
    let from = y + <usize>(l / lines) * image + <usize>(l % lines) * lineBytes
    for (let p = 0; p < points; p++) {
      if (columns == 8) {
        v128.store(to, v128.load(from))
        v128.store(to, v128.load(from, 16), 16)
      } else {
        // Zeros beyond the columns: the memory there may hold denormals, which multiply slowly, or belong to others.
        for (let n: usize = 0; n < 32; n += 4)
          store<f32>(to + n, n < (<usize>columns << 2) ? load<f32>(from + n) : 0)
      }
      from += point
      to += 32
    }
  }
}
