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
  const [height, width, ...others] = text.split('x').map(word => parseWholeNumber(word, 1, 4096))
  if (others.length > 0) throw new Error('Expected 64, or 96x64.')
  return width === undefined ? height! : [height!, width]
}

export function parseChannels(text: string): 1 | 3 {
  if (text !== '1' && text !== '3') throw new Error('Expected 1 or 3.')
  return text === '1' ? 1 : 3
}

export function parseCrop(text: string): 'center' | 'none' | number {
  return text === 'center' || text === 'none' ? text : parseWholeNumber(text, 1, 4096)
}
