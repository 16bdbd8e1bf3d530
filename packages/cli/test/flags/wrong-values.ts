/** Wrong values for flags by what a flag takes. Each is refused with the flag, the value, and what was expected. */

/** What a flag takes: values that it refuses, and how its error goes on. */
export interface Kind {
  readonly wrong: readonly string[]
  readonly expected: RegExp
}

const noNumbers = ['many', 'NaN', '0x10', '1 2', '1,5', '-1']

const quote = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A whole number from `min` to `max`. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): Kind {
  return {
    wrong: [
      ...[...noNumbers, '2.5', '1e3', 'Infinity', '99999999999999999999'],
      ...(min > 0 ? [String(min - 1)] : []),
      ...(max < Number.MAX_SAFE_INTEGER ? [String(max + 1)] : []),
    ],
    expected: new RegExp(`Expected a whole number from ${min} to ${max}`),
  }
}

/** Pixels, one of the given words, or something more. */
export const sides: Kind = {
  wrong: [...noNumbers, '0', '4097', '64x', 'x64', '64x64x3', '2.5'],
  expected: /Expected a whole number from 1 to 4096, or HEIGHTxWIDTH, as in 96x64/,
}

export const crop: Kind = {
  wrong: [...noNumbers, '0', '4097', 'middle'],
  expected: /Expected center, none, or a whole number from 1 to 4096/,
}

export const positive: Kind = {
  wrong: [...noNumbers.filter(word => word !== '0x10'), '0', 'Infinity', '1e999'],
  expected: /Expected a number above 0/,
}

export const fraction: Kind = {
  wrong: [...noNumbers.filter(word => word !== '0x10'), '1', '1e999'],
  expected: /Expected a number from 0 to below 1/,
}

export const share: Kind = {
  wrong: [...noNumbers.filter(word => word !== '0x10'), '1.01', '1e999'],
  expected: /Expected a number from 0 to 1/,
}

/** Whole numbers with commas between them. */
export const numbers: Kind = {
  wrong: ['many', 'NaN', '-1', '1,', '1,,2', '1;2', '10000', '1.5', Array(101).fill(1).join(',')],
  expected: /Expected 1 to 100 whole numbers from 0 to 9999, commas between them/,
}

export const range: Kind = {
  wrong: ['1', '1,0', '0,0', '0,1,2', 'low,high', 'NaN,1', '0,Infinity', ',1', '0,'],
  expected: /Expected two numbers, the lower first, as in 0,1/,
}

/** One of some words. */
export function choice(...words: readonly string[]): Kind {
  const [first] = words as [string]
  return {
    wrong: ['other', first.toUpperCase() === first ? `${first}.0` : first.toUpperCase()],
    expected: new RegExp(`(Allowed choices are|expected (one|some) of:?) ${words.map(quote).join(', ')}`),
  }
}

/** A file with one of these endings. */
export function file(...endings: readonly string[]): Kind {
  return {
    wrong: ['picture', 'picture.jpg', endings[0]!, `folder${endings[0]}/`],
    expected: new RegExp(`Expected a file name that ends in ${endings.map(quote).join(' or ')}`),
  }
}

/** A name that is looked up, or something else that only the command knows. */
export function wrong(values: readonly string[], expected: RegExp): Kind {
  return { wrong: values, expected }
}
