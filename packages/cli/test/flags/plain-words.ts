import { expect } from 'vitest'

/** Names of variables, paths into configurations, and what nobody meant to show. */
const innerWords =
  /\b[a-z]+[A-Z]\w*|\b[a-z]+\.[a-z]+\.[\w.]+|\bundefined\b|\bnull\b|\[object|a fault of gankit/

/** Expects the one line that a command ends with to be one for a person, in the words of the command. */
export function expectPlain(line: string, shown: string): void {
  expect.soft(line, shown).toMatch(/^\[gankit\/[a-z-]+\] /)
  expect.soft(line, shown).not.toMatch(innerWords)
}
