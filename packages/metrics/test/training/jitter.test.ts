import { expect, test } from 'vitest'
import { jittered } from '../../scripts/training/jitter.ts'

const size = 5
/** One white pixel at row 1, column 3. */
const image = Uint8Array.from({ length: size * size }, (_, i) => (i === size + 3 ? 255 : 0))
const none = { turn: 0, stretch: 0, move: 0 }

function white(jitter: Partial<typeof none>, random: number[]): [number, number, number][] {
  const into = new Float32Array(size * size)
  jittered(image, size, { ...none, ...jitter }, Float32Array.from(random), into)
  return Array.from(
    into,
    (value, i) => [Math.floor(i / size), i % size, (value + 1) / 2] as [number, number, number],
  )
    .filter(([, , share]) => share > 1e-3)
    .map(([row, column, share]) => [row, column, Math.round(100 * share) / 100])
}

test('half of each range changes nothing', () => {
  expect(white({ turn: 90, stretch: 0.5, move: 2 }, [0.5, 0.5, 0.5, 0.5])).toEqual([[1, 3, 1]])
})

test('moves go right and down, between pixels too', () => {
  expect(white({ move: 1 }, [0.5, 0.5, 1, 0.5])).toEqual([[1, 4, 1]])
  expect(white({ move: 1 }, [0.5, 0.5, 0.5, 0])).toEqual([[0, 3, 1]])
  expect(white({ move: 1 }, [0.5, 0.5, 0.75, 0.5])).toEqual([
    [1, 3, 0.5],
    [1, 4, 0.5],
  ])
})

test('a quarter turn goes about the middle', () => {
  expect(white({ turn: 90 }, [1, 0.5, 0.5, 0.5])).toEqual([[1, 1, 1]])
})

test('what is stretched gets larger', () => {
  const sum = white({ stretch: 0.4 }, [0.5, 1, 0.5, 0.5]).reduce((total, [, , share]) => total + share, 0)
  expect(sum).toBeGreaterThan(1.5)
})
