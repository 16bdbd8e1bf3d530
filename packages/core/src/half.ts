import { GankitError } from './errors.ts'

/**
 * Rounds to 16-bit floats (IEEE 754 binary16, little-endian), to the nearest, ties to even.
 * @returns two bytes a number
 * @throws GankitError for a number that is NaN or rounds beyond 65504, the largest of them
 */
export function toHalf(values: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * values.length)
  const view = new DataView(bytes.buffer)
  for (const [i, value] of values.entries()) view.setUint16(2 * i, bitsOf(value), true)
  return bytes
}

/** The numbers that 16-bit floats (IEEE 754 binary16, little-endian) stand for. */
export function fromHalf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => numberOf(view.getUint16(2 * i, true)))
}

function bitsOf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.abs(value)
  if (!(size < 65520))
    throw new GankitError(
      'core',
      'data',
      `${value} has no 16-bit float, expected a number from -65504 to 65504: keep 32 bits`,
    )
  // Below 2⁻¹⁴ the steps no longer get finer.
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 2 ** -14)))
  const steps = toEven(size / 2 ** (exponent - 10))
  // Where rounding reaches 2048 the carry moves into the exponent, as it should.
  return sign | (steps + ((exponent + 14) << 10))
}

function toEven(x: number): number {
  const below = Math.floor(x)
  const over = x - below
  return over > 0.5 || (over === 0.5 && below % 2 === 1) ? below + 1 : below
}

function numberOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}
