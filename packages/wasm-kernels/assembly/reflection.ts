/**
 * The gradient of reflection padding: dx [n, h, w, c] from dy [n, top + h + bottom, left + w + right, c]. Each pixel gets the
 * sum over all places that show it. Words at `args`: dy, dx, h, w, c, top, bottom, left, right. A chunk is a line of dx.
 */
export function reflectionGradChunk(args: usize, chunk: i32): void {
  const height = load<i32>(args, 8), width = load<i32>(args, 12), channels = load<i32>(args, 16)
  const top = load<i32>(args, 20), bottom = load<i32>(args, 24)
  const left = load<i32>(args, 28), right = load<i32>(args, 32)
  const image = chunk / height, y = chunk % height
  const line = <usize>((left + width + right) * channels) << 2
  const from = <usize>load<u32>(args) + <usize>(image * (top + height + bottom)) * line
  const to = <usize>load<u32>(args, 4) + (<usize>(chunk * width * channels) << 2)
  memory.fill(to, 0, <usize>(width * channels) << 2)
  addLine(from + <usize>(top + y) * line, to, width, channels, left, right)
  if (y > 0 && y <= top) addLine(from + <usize>(top - y) * line, to, width, channels, left, right)
  const last = height - 1
  if (y < last && y >= last - bottom)
    addLine(from + <usize>(top + 2 * last - y) * line, to, width, channels, left, right)
}

function addLine(from: usize, to: usize, width: i32, channels: i32, left: i32, right: i32): void {
  const pixel = <usize>channels << 2
  addRun(from + <usize>left * pixel, to, width * channels)
  for (let x = 1; x <= left; x++) addRun(from + <usize>(left - x) * pixel, to + <usize>x * pixel, channels)
  const last = width - 1
  for (let x = last - right; x < last; x++)
    addRun(from + <usize>(left + 2 * last - x) * pixel, to + <usize>x * pixel, channels)
}

/** Adds so many numbers. None beyond them is written: another thread may be at work there. */
function addRun(from: usize, to: usize, count: i32): void {
  const end = to + (<usize>count << 2)
  for (; to + 16 <= end; to += 16, from += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)))
  for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(to) + load<f32>(from))
}
