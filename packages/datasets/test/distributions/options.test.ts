import { expect, test } from 'vitest'
import { grid } from '../../src/distributions/grid.ts'
import { mixture } from '../../src/distributions/mixture.ts'
import { normal } from '../../src/distributions/normal.ts'
import { points } from '../../src/distributions/points.ts'
import { ring } from '../../src/distributions/ring.ts'
import { spiral } from '../../src/distributions/spiral.ts'
import { twoMoons } from '../../src/distributions/two-moons.ts'
import { uniform } from '../../src/distributions/uniform.ts'

test.each<[string, () => unknown, string]>([
  ['std 0', () => normal({ std: 0 }), 'std is 0, expected at least 1e-15'],
  ['mean NaN', () => normal({ mean: Number.NaN }), 'mean is NaN, expected number'],
  ['mean ∞', () => normal({ mean: Infinity }), 'mean is Infinity, expected at most 1000000000000000'],
  ['a misspelt option', () => normal({ sd: 1 } as object), 'there is no option sd'],
  ['min above max', () => uniform({ min: 2 }), 'max is 1, expected more than min, 2'],
  ['min all but max', () => uniform({ min: 1 - 1e-12 }), 'max is 1, expected more than min'],
  ['no components', () => mixture({ components: [] }), 'components is [], expected at least 1'],
  [
    'a negative weight',
    () => mixture({ components: [{ weight: -1, mean: 0, std: 1 }] }),
    'components.0.weight is -1',
  ],
  ['three dimensions', () => mixture({ components: [{ mean: [1, 2, 3], std: 1 }] }), 'components.0.mean is'],
  [
    'a text',
    () => mixture({ components: [{ mean: 'a' as unknown as number, std: 1 }] }),
    'components.0.mean is "a"',
  ],
  [
    'mixed dimensions',
    () =>
      mixture({
        components: [
          { mean: 1, std: 1 },
          { mean: [1, 2], std: 1 },
        ],
      }),
    'components.1.mean has dimension 2, expected 1 as in components.0.mean',
  ],
  ['no modes', () => ring({ modes: 0 }), 'modes is 0, expected at least 1'],
  ['half a mode', () => ring({ modes: 1.5 }), 'modes is 1.5, expected a whole number'],
  ['too many modes', () => ring({ modes: 1e6 }), 'modes is 1000000, expected at most 10000'],
  ['radius', () => ring({ radius: -2 }), 'radius is -2'],
  ['side', () => grid({ side: 101 }), 'side is 101, expected at most 100'],
  ['spacing', () => grid({ spacing: 0 }), 'spacing is 0'],
  ['turns', () => spiral({ turns: 0 }), 'turns is 0, expected above 0'],
  ['negative noise', () => spiral({ noise: -1 }), 'noise is -1, expected at least 0'],
  ['noise', () => twoMoons({ noise: Number.NaN }), 'noise is NaN'],
  ['no points', () => points([]), 'coordinates is [], expected at least 1'],
  ['a point of nothing', () => points([[]]), 'coordinates.0 is'],
  ['mixed points', () => points([[1, 2], 3]), 'coordinates.1 has dimension 1, expected 2'],
  ['bandwidth', () => points([1], { bandwidth: 0 }), 'bandwidth is 0'],
])('%s', (_, make, message) => {
  expect(make).toThrow(`[gankit/datasets] ${message}`)
})
