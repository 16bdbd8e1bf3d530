import type { Bird } from '../../src/birds/choose-bird.ts'

/** [a, b, c, d, e, f] of SVG's `matrix`. */
type Matrix = readonly [number, number, number, number, number, number]

const multiply = ([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix => [
  a * A + c * B,
  b * A + d * B,
  a * C + c * D,
  b * C + d * D,
  a * E + c * F + e,
  b * E + d * F + f,
]

const functions: Readonly<Record<string, (numbers: readonly number[]) => Matrix>> = {
  translate: ([x = 0, y = 0]) => [1, 0, 0, 1, x, y],
  scale: ([x = 1, y = x]) => [x, 0, 0, y, 0, 0],
  rotate([degrees = 0, x = 0, y = 0]) {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
    return multiply([cos, sin, -sin, cos, x, y], [1, 0, 0, 1, -x, -y])
  },
}

function readTransform(text: string): Matrix {
  const calls = [...text.matchAll(/(\w+)\(([^)]*)\)/g)]
  return calls.reduce<Matrix>(
    (matrix, [, name, numbers]) => multiply(matrix, functions[name!]!(numbers!.split(' ').map(Number))),
    [1, 0, 0, 1, 0, 0],
  )
}

/** Where on a picture of 100×100 units the parts of a bird are. */
interface Parts {
  readonly whole: Matrix
  readonly body: Matrix
  readonly head: Matrix
  readonly tail: Matrix
  readonly beak: Matrix
  /** Across, in the units of the whole. */
  readonly leg: number
}

/** Finds the parts of a bird by the transforms in its SVG. */
export function findParts(svg: string): Parts {
  const find = (pattern: RegExp) => readTransform(pattern.exec(svg)![1]!)
  const whole = find(/<g transform="(translate\([^"]*translate\(-50 -88\))"/)
  const body = multiply(whole, find(/<g transform="(rotate\([^"]* 50 60\))"/))
  const head = multiply(body, find(/<g transform="([^"]* 64 40\))"/))
  const tail = multiply(body, find(/<g transform="(translate\(33 65\)[^"]*)"/))
  const beak = multiply(head, [1, 0, 0, 1, 76.5, 41.5])
  const leg = Number(/M([\d.]+) 70L/.exec(svg)![1])
  return { whole, body, head, tail, beak, leg }
}

export const place = ([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] => [
  a * x + c * y + e,
  b * x + d * y + f,
]

/** Hue in degrees, saturation and lightness of 0 to 1. */
export function toHsl(rgb: readonly number[]): [hue: number, saturation: number, lightness: number] {
  const [r, g, b] = rgb.map(level => level / 255) as [number, number, number]
  const [max, min] = [Math.max(r, g, b), Math.min(r, g, b)]
  const [range, lightness] = [max - min, (max + min) / 2]
  if (range === 0) return [0, 0, lightness]
  const turn = max === r ? (g - b) / range : max === g ? 2 + (b - r) / range : 4 + (r - g) / range
  return [(60 * turn + 360) % 360, range / (1 - Math.abs(2 * lightness - 1)), lightness]
}

/** The word for a strong color, by what the words mean and not by the drawing's table; undefined for one between. */
export function nameColor(rgb: readonly number[]): Bird['body'] | undefined {
  const [hue, saturation, lightness] = toHsl(rgb)
  if (lightness > 0.93) return 'white'
  if (lightness < 0.2) return 'black'
  if (saturation < 0.12) return lightness < 0.75 ? 'gray' : undefined
  if (lightness > 0.72) return undefined
  if (hue >= 340 || hue < 12) return 'red'
  if (hue < 40) return lightness > 0.45 ? 'orange' : saturation > 0.35 ? 'brown' : undefined
  if (hue < 65) return 'yellow'
  if (hue >= 85 && hue < 160) return lightness < 0.55 ? 'green' : undefined
  if (hue >= 195 && hue < 240) return 'blue'
  return hue >= 255 && hue < 300 && saturation > 0.4 ? 'violet' : undefined
}
