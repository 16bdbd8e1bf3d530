/** Readers of what is typed behind flags of data options. Each throws an Error that says what was expected. */

export function parseWholeNumber(text: string, min: number, max: number = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new Error(`Expected a whole number from ${min} to ${max}.`)
  return value
}

export function parseShare(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new Error('Expected a number from 0 to 1.')
  return value
}

export function parseSize(text: string): number | [number, number] {
  const sides = text.split('x').map(readSide)
  const [height, width] = sides
  if (sides.length > 2 || sides.includes(undefined))
    throw new Error(`Expected ${expectedSide}, or HEIGHTxWIDTH, as in 96x64.`)
  return width === undefined ? height! : [height!, width]
}

export function parseChannels(text: string): 1 | 3 {
  if (text !== '1' && text !== '3') throw new Error('Expected 1 or 3.')
  return text === '1' ? 1 : 3
}

export function parseCrop(text: string): 'center' | 'none' | number {
  if (text === 'center' || text === 'none') return text
  const side = readSide(text)
  if (side === undefined) throw new Error(`Expected center, none, or ${expectedSide}.`)
  return side
}

const maxSide = 4096
const expectedSide = `a whole number from 1 to ${maxSide}`

/** Pixels per side; undefined for anything else. */
function readSide(text: string): number | undefined {
  const side = /^\d+$/.test(text) ? Number(text) : 0
  return side >= 1 && side <= maxSide ? side : undefined
}
