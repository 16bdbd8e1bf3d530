import { InvalidArgumentError } from 'commander'

/** Names as they are typed, with commas between them. */
export function names(text: string): string[] {
  return text
    .split(',')
    .map(name => name.trim())
    .filter(Boolean)
}

/** What was typed behind `--attributes`: values by the names of attributes. */
export type Attributes = Readonly<Record<string, string>>

/** Reads `glasses=none,hair=red`. */
export function attributesIn(text: string): Attributes {
  const pairs = text.split(',').map(pair => pair.split('=').map(part => part.trim()))
  if (!pairs.every(pair => pair.length === 2 && pair.every(Boolean)))
    throw new InvalidArgumentError('Expected name=value, as in glasses=none,hair-color=red.')
  return Object.fromEntries(pairs)
}
