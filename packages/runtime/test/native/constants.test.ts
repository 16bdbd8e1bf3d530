import { expect, test } from 'vitest'
import { Constants } from '../../src/node/native/constants.ts'

test('constants are made once, and those asked for the longest ago are given back', () => {
  const [made, gone]: [number[][], number[]] = [[], []]
  const binding = {
    createTensor: (_: readonly number[], __: number, values: Int32Array) => made.push([...values]) - 1,
    deleteTensor: (id: number) => void gone.push(id),
  }
  const constants = new Constants(binding)
  const ask = (...numbers: number[]) => constants.id([numbers.length], 3, Int32Array.from(numbers))
  expect([ask(1, 2), ask(12), ask(1, 2)]).toEqual([0, 1, 0])
  for (let i = 0; i < 1000; i++) {
    ask(i, i)
    expect(ask(1, 2)).toBe(0)
  }
  expect(made.length - gone.length).toBe(256)
  expect(gone.slice(0, 2)).toEqual([1, 2])
  expect(ask(12)).toBe(made.length - 1)
})

test('a scalar, a vector of one number and another type are different constants', () => {
  let made = 0
  const binding = { createTensor: () => made++, deleteTensor() {} }
  const constants = new Constants(binding)
  const ids = [
    constants.id([], 1, Float32Array.of(2)),
    constants.id([1], 1, Float32Array.of(2)),
    constants.id([1], 3, Int32Array.of(2)),
    constants.id([], 1, Float32Array.of(2)),
  ]
  expect(ids).toEqual([0, 1, 2, 0])
})
