import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkChoice, checkInteger, checkPositive, lookUp, sha256, sizeOfShape } from '../src/index.ts'
import { sha256OfFile, sha256Sync } from '../src/node.ts'

test.each([1.5, Number.NaN, 2 ** 53, 0, -1, '3', undefined])('%s is no whole number from 1', got => {
  expect(() => checkInteger('core', 'count', got, 1)).toThrow(
    /^\[gankit\/core\] count is .*, expected a whole number of at least 1$/,
  )
})

test('a range is named whole', () => {
  expect(() => checkInteger('core', 'count', 9, 1, 8)).toThrow(
    'count is 9, expected a whole number from 1 to 8',
  )
  checkInteger('core', 'count', 8, 1, 8)
  checkInteger('core', 'count', 1, 1, 8)
})

test('what is not positive, or no choice, is named with what was expected', () => {
  for (const got of [0, -1, Number.POSITIVE_INFINITY, Number.NaN])
    expect(() => checkPositive('core', 'rate', got)).toThrow(
      `rate is ${got}, expected a finite number above 0`,
    )
  expect(() => checkChoice('core', 'norm', 'bath', ['batch', 'none'])).toThrow(
    "norm is 'bath', expected one of: batch, none",
  )
  expect(() => lookUp('core', 'loss', 'toString', { hinge: 1 })).toThrow(
    "loss is 'toString', expected one of: hinge",
  )
  expect(lookUp('core', 'loss', 'hinge', { hinge: 1 })).toBe(1)
})

test('the size of a shape', () => {
  expect([[], [3], [2, 3, 4], [2, 0]].map(sizeOfShape)).toEqual([1, 3, 24, 0])
})

// The digest of 'abc' is the example of FIPS 180-4.
test('SHA-256 is the same from memory, at once, and from a file', async () => {
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  const path = join(tmpdir(), `gankit-sha256-${process.pid}`)
  writeFileSync(path, 'abc')
  expect(await sha256('abc')).toBe(digest)
  expect(await sha256(Uint8Array.of(97, 98, 99))).toBe(digest)
  expect(sha256Sync('abc')).toBe(digest)
  expect(await sha256OfFile(path)).toBe(digest)
})
