import { InvalidArgumentError } from 'commander'

/** Reads a whole number from `min` to `max`. For commander: throws its error with what was expected. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return text => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || !(value >= min && value <= max))
      throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`)
    return value
  }
}

/** Reads whole numbers from `min` to `max` with commas between, at least one and at most `most`. */
export function wholeNumbers(min: number, max: number, most: number): (text: string) => number[] {
  return text => {
    const numbers = text.split(',').map(word => word.trim())
    const right = numbers.every(word => /^\d+$/.test(word) && Number(word) >= min && Number(word) <= max)
    if (!right || numbers.length > most)
      throw new InvalidArgumentError(
        `Expected 1 to ${most} whole numbers from ${min} to ${max}, commas between them.`,
      )
    return numbers.map(Number)
  }
}

/** Reads a finite number above zero. */
export function positiveNumber(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('Expected a number above 0.')
  return value
}

/** Reads a number from 0 to below 1. */
export function fractionBelow1(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value < 1))
    throw new InvalidArgumentError('Expected a number from 0 to below 1.')
  return value
}
