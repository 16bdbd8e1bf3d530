/** Rounds to 16-bit floats (IEEE 754 binary16, little-endian), to the nearest, ties to even. */
export function toHalf(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(2 * values.length)
  const view = new DataView(bytes.buffer)
  for (const [i, value] of values.entries()) view.setUint16(2 * i, bitsOf(value), true)
  return bytes
}

function bitsOf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.abs(value)
  if (!(size < 65520)) throw new Error(`${value} has no 16-bit float`)
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
