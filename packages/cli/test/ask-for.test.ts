import { type Latent, normalPrior } from '@gankit/core'
import { expect, test } from 'vitest'
import { askFor } from '../src/ask-for.ts'
import { attributesIn } from '../src/names.ts'

const latent: Latent = {
  size: 2 + 3 + 2,
  prior: normalPrior(),
  conditions: [
    { name: 'hair-color', values: ['black', 'red', 'none'] },
    { name: 'glasses', values: ['none', 'round'] },
  ],
}
const rows = () => Float32Array.of(7, 8, 1, 0, 0, 1, 0, 5, 6, 0, 0, 1, 0, 1)

test.each([
  ['glasses=round', [7, 8, 1, 0, 0, 0, 1, 5, 6, 0, 0, 1, 0, 1]],
  ['hair=red', [7, 8, 0, 1, 0, 1, 0, 5, 6, 0, 1, 0, 0, 1]],
  ['hair-color = none, glasses = none', [7, 8, 0, 0, 1, 1, 0, 5, 6, 0, 0, 1, 1, 0]],
])('%s', (text, expected) => {
  const latents = rows()
  askFor(latents, latent, attributesIn(text))
  expect([...latents]).toEqual(expected)
})

test.each([
  [
    'beard=full',
    "--attributes names 'beard', expected some of: hair-color (black, red, none); glasses (none, round)",
  ],
  ['glasses=square', "--attributes: glasses is 'square', expected one of: none, round"],
])('%s is refused', (text, message) => {
  expect(() => askFor(rows(), latent, attributesIn(text))).toThrow(message)
})

test('a generator without conditions can’t be asked', () => {
  expect(() => askFor(new Float32Array(2), { size: 2, prior: normalPrior() }, { glasses: 'none' })).toThrow(
    'can’t be asked for attributes: leave --attributes out, or train one with --conditional',
  )
})

test.each(['glasses', 'glasses=', '=round', 'a=b=c', ''])("'%s' is no list of attributes", text => {
  expect(() => attributesIn(text)).toThrow('Expected name=value')
})
