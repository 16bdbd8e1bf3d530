import { parseUnits } from './bounds.ts'

/** A setting as text of a link. `parse` gives undefined for what is out of range. */
export interface Codec<Value> {
  readonly key: string
  parse(text: string): Value | undefined
  format(value: Value): string
}

export function choice<Name extends string>(key: string, names: readonly Name[]): Codec<Name> {
  return { key, parse: text => names.find(name => name === text), format: name => name }
}

export function number(key: string, min: number, max: number, whole = false): Codec<number> {
  const fits = (value: number) => value >= min && value <= max && (!whole || Number.isInteger(value))
  return {
    key,
    parse: text => (text.trim() !== '' && fits(Number(text)) ? Number(text) : undefined),
    format: String,
  }
}

export function text(key: string, pattern: RegExp): Codec<string> {
  return { key, parse: value => (pattern.test(value) ? value : undefined), format: value => value }
}

export function units(key: string): Codec<readonly number[]> {
  return { key, parse: parseUnits, format: counts => counts.join('-') }
}

export const flag = (key: string): Codec<boolean> => ({
  key,
  parse: value => (value === '1' ? true : value === '0' ? false : undefined),
  format: value => (value ? '1' : '0'),
})
