import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { targets } from '../scripts/compile.js'

test.each(targets.map(target => ({ ...target, name: basename(target.file) })))(
  '$name holds what the sources here compile to',
  { timeout: 180_000 },
  ({ file, text }) => {
    const same = readFileSync(file, 'utf8') === text()
    expect(same, 'run pnpm --filter @gankit/wasm-kernels compile').toBe(true)
  },
)
