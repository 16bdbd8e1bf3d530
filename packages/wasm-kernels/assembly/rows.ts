import { packColumns, packRows } from './pack'
import { storeRow } from './store'
import { dotTile, rowTile } from './tile'

/** With so few columns the result is computed as dot products, one column at a time. */
const fewColumns: i32 = 6

/**
 * Rows of A times B, which is every matrix product and every convolution: a row of A is a window of the image, made of
 * `segments` runs. A chunk is some of the rows times some panels of eight columns of B; its thread packs the panels.
 *
 * Words at `args`: a, b, c, bias or 0, columns of B, segments, length, step, packing (0: B is [k, columns], `bRow`
 * bytes a row; 1: B is [columns, k] in runs, see below), bRow, lines and points in an image, distances in A (image,
 * line, point) and in C (image, line, point), rows in all, rows in a chunk, panels in a chunk, chunks of panels,
 * scratch, bytes of scratch of a thread; for packing 1: runs in a segment, numbers in a run, bytes from segment to
 * segment and from run to run.
 */
export function rowsChunk(args: usize, chunk: i32, thread: i32): void {
  const columns = load<i32>(args, 16)
  const segments = load<i32>(args, 20), length = load<i32>(args, 24)
  const step = <usize>load<u32>(args, 28)
  const lines = load<i32>(args, 40), points = load<i32>(args, 44)
  const aImage = <usize>load<u32>(args, 48), aLine = <usize>load<u32>(args, 52), aPoint = <usize>load<u32>(args, 56)
  const cImage = <usize>load<u32>(args, 60), cLine = <usize>load<u32>(args, 64), cPoint = <usize>load<u32>(args, 68)
  const rowsInChunk = load<i32>(args, 76), panelsInChunk = load<i32>(args, 80), panelChunks = load<i32>(args, 84)
  const scratch = <usize>load<u32>(args, 88) + <usize>thread * <usize>load<u32>(args, 92)

  const column = (chunk % panelChunks) * panelsInChunk * 8
  const here = min(panelsInChunk << 3, columns - column)
  const k = segments * length
  const rowAddresses = scratch, sums = scratch + 64, bias = sums + 192
  const panels = bias + (<usize>panelsInChunk << 5)
  copyBias(load<u32>(args, 12), column, here, bias, panels)
  const few = columns <= fewColumns
  if (few) packDots(args, panels)
  else if (load<i32>(args, 32) == 0)
    packRows(<usize>load<u32>(args, 4) + (<usize>column << 2), <usize>load<u32>(args, 36), k, here, panels)
  else packRuns(args, column, here, panels)

  const a = <usize>load<u32>(args), c = <usize>load<u32>(args, 8) + (<usize>column << 2)
  const first = (chunk / panelChunks) * rowsInChunk
  const last = min(load<i32>(args, 72), first + rowsInChunk) - 1
  let point = first % points, line = (first / points) % lines, image = first / points / lines
  for (let row = first; row <= last; row += 6) {
    for (let i: usize = 0; i < 24; i += 4) {
      const from = a + <usize>image * aImage + <usize>line * aLine + <usize>point * aPoint
      const to = c + <usize>image * cImage + <usize>line * cLine + <usize>point * cPoint
      store<u32>(rowAddresses + i, <u32>from)
      store<u32>(rowAddresses + i, <u32>to, 24)
      // Past the last row, the last row is computed again.
      if (row + <i32>(i >> 2) < last && ++point == points) {
        point = 0
        if (++line == lines) {
          line = 0
          image++
        }
      }
    }
    const count = min(6, last + 1 - row)
    let panel = panels
    for (let j = 0; j < here; j += few ? 1 : 8) {
      const shift = <usize>j << 2
      if (few) dots(rowAddresses, count, segments, step, panel, <usize>length << 2, load<f32>(bias + shift), shift, sums)
      else products(rowAddresses, count, segments, step, panel, <usize>length << 5, bias + shift, shift, min(8, here - j), sums)
      panel += <usize>k << (few ? 2 : 5)
    }
  }
}

/** Six rows, of which `count` are stored, times a panel. */
function products(
  rows: usize, count: i32, segments: i32, step: usize, panel: usize, bytes: usize,
  bias: usize, shift: usize, columns: i32, sums: usize,
): void {
  const low = v128.load(bias), high = v128.load(bias, 16)
  for (let i: usize = 0; i < 192; i += 32) {
    v128.store(sums + i, low)
    v128.store(sums + i, high, 16)
  }
  let distance: usize = 0
  for (let s = 0; s < segments; s++) {
    rowTile(rows, distance, panel, panel + bytes, sums)
    distance += step
    panel += bytes
  }
  for (let i = 0; i < count; i++)
    storeRow(sums + (<usize>i << 5), <usize>load<u32>(rows + (<usize>i << 2), 24) + shift, columns, false)
}

/** Six rows, of which `count` are stored, times one column. */
function dots(
  rows: usize, count: i32, segments: i32, step: usize, column: usize, bytes: usize,
  bias: f32, shift: usize, sums: usize,
): void {
  memory.fill(sums, 0, 96)
  let distance: usize = 0
  for (let s = 0; s < segments; s++) {
    dotTile(rows, distance, column, column + bytes, sums)
    distance += step
    column += bytes
  }
  for (let i: usize = 0; i < (<usize>count << 2); i += 4) {
    const four = v128.load(sums + (i << 2))
    const two = f32x4.add(four, v128.shuffle<i32>(four, four, 2, 3, 0, 1))
    const sum = f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1)
    store<f32>(<usize>load<u32>(rows + i, 24) + shift, bias + sum)
  }
}

function copyBias(from: usize, column: i32, columns: i32, to: usize, end: usize): void {
  memory.fill(to, 0, end - to)
  if (from != 0) memory.copy(to, from + (<usize>column << 2), <usize>columns << 2)
}

/** Packs B as [columns, k] in runs into panels. */
function packRuns(args: usize, column: i32, columns: i32, panels: usize): void {
  const b = <usize>load<u32>(args, 4), bRow = <usize>load<u32>(args, 36), segments = load<i32>(args, 20)
  const runs = load<i32>(args, 96), run = load<i32>(args, 100)
  const bSegment = <usize>load<u32>(args, 104), bRun = <usize>load<u32>(args, 108)
  let to = panels
  for (let j = 0; j < columns; j += 8) {
    const from = b + <usize>(column + j) * bRow
    for (let s = 0; s < segments; s++)
      for (let r = 0; r < runs; r++) {
        packColumns(from + <usize>s * bSegment + <usize>r * bRun, bRow, run, min(8, columns - j), to)
        to += <usize>run << 5
      }
  }
}

/** Packs B as [columns, k], each column in one piece. */
function packDots(args: usize, to: usize): void {
  const b = <usize>load<u32>(args, 4), bRow = <usize>load<u32>(args, 36), columns = load<i32>(args, 16)
  const segments = load<i32>(args, 20), k = segments * load<i32>(args, 24)
  const runs = load<i32>(args, 96), run = <usize>load<u32>(args, 100) << 2
  const bSegment = <usize>load<u32>(args, 104), bRun = <usize>load<u32>(args, 108)
  for (let j = 0; j < columns; j++) {
    if (load<i32>(args, 32) == 0) {
      let from = b + (<usize>j << 2)
      for (let i = 0; i < k; i++) {
        store<f32>(to, load<f32>(from))
        from += bRow
        to += 4
      }
      continue
    }
    for (let s = 0; s < segments; s++)
      for (let r = 0; r < runs; r++) {
        memory.copy(to, b + <usize>j * bRow + <usize>s * bSegment + <usize>r * bRun, run)
        to += run
      }
  }
}
