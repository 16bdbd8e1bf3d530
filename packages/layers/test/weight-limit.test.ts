import { expect, test } from 'vitest'
import { checkWeightCount } from '../src/index.ts'

const check = (shape: readonly number[], perNumber: number) => () =>
  checkWeightCount({
    package: 'p',
    option: 'shape',
    shape,
    widths: 'base',
    count: other => perNumber * other.reduce((product, length) => product * length, 1),
  })

test('what fits is let through', () => {
  expect(check([1024, 1024, 1], 256)).not.toThrow()
})

test('what does not is refused with the largest shape that fits', () => {
  expect(check([1024, 1024, 2], 256)).toThrow(
    '[gankit/p] shape is 1024×1024×2: the networks would have 537 M weights, 2 GiB before gradients and moments, expected at most 268 M: samples of 724×724×2 would fit, or take narrower layers (base)',
  )
  expect(check([2 ** 21], 2 ** 10)).toThrow('samples of 262144 would fit, or take')
  expect(check([4, 4, 1], 2 ** 29)).toThrow('expected at most 268 M: narrower layers (base)')
})
