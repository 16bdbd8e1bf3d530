/** Points of a file in a link: each coordinate is one of 4,096 places in [−1, 1], two characters. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const places = 4095

/** Points that a link holds at most. */
export const maxPoints = 1500

/** @param coordinates in [−1, 1], [n, dimensions] */
export function packPoints(coordinates: ArrayLike<number>): string {
  return Array.from(coordinates, value => {
    const place = Math.round(((Math.min(1, Math.max(-1, value)) + 1) / 2) * places)
    return digits[place >> 6]! + digits[place & 63]!
  }).join('')
}

export function unpackPoints(text: string): Float64Array {
  const values = new Float64Array(Math.floor(text.length / 2))
  for (let i = 0; i < values.length; i++) {
    const place = 64 * digits.indexOf(text[2 * i]!) + digits.indexOf(text[2 * i + 1]!)
    values[i] = (2 * Math.min(places, Math.max(0, place))) / places - 1
  }
  return values
}
