import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compile, target } from '../scripts/compile.js'

test('the compiled kernels in @gankit/runtime are those of the sources here', { timeout: 180_000 }, () => {
  const same = readFileSync(target, 'utf8') === compile()
  expect(same, 'run pnpm --filter @gankit/wasm-kernels compile').toBe(true)
})
