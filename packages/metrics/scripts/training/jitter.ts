/** How far images are turned, stretched and moved at most. */
export interface Jitter {
  /** Degrees, either way. */
  readonly turn: number
  /** 0.1: from 0.9 to 1.1 times the size. */
  readonly stretch: number
  /** Pixels, either way. */
  readonly move: number
}

/**
 * Turns, stretches and moves one square image, with what lies between pixels from the four around it.
 * @param image size · size bytes, black around it
 * @param random four numbers from 0 to below 1
 * @param into size · size numbers in [−1, 1]
 */
export function jittered(
  image: Uint8Array,
  size: number,
  { turn, stretch, move }: Jitter,
  random: Float32Array,
  into: Float32Array,
): void {
  const [a, s, dx, dy] = Array.from(random, number => 2 * number - 1) as [number, number, number, number]
  const angle = (a * turn * Math.PI) / 180
  const scale = 1 / (1 + s * stretch)
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)]
  const middle = (size - 1) / 2
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= size || y >= size ? 0 : image[y * size + x]!)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const [fromX, fromY] = [x - middle - dx * move, y - middle - dy * move]
      const [u, v] = [middle + cos * fromX - sin * fromY, middle + sin * fromX + cos * fromY]
      const [left, top] = [Math.floor(u), Math.floor(v)]
      const [right, down] = [u - left, v - top]
      const upper = (1 - right) * at(left, top) + right * at(left + 1, top)
      const lower = (1 - right) * at(left, top + 1) + right * at(left + 1, top + 1)
      into[y * size + x] = ((1 - down) * upper + down * lower) / 127.5 - 1
    }
}
