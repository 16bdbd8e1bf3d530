import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { targets } from '../scripts/compile.js'
import { jpegTarget, sourcesSha256 } from '../scripts/compile-jpeg.js'

test.each(targets.map(target => ({ ...target, name: basename(target.file) })))(
  '$name holds what the sources here compile to',
  { timeout: 180_000 },
  ({ file, text }) => {
    const same = readFileSync(file, 'utf8') === text()
    expect(same, 'run npm run compile-kernels').toBe(true)
  },
)

// Compiling it takes a C compiler and libjpeg-turbo, so what it was made of is noted in it.
test('the JPEG decoder is made of the sources here', () => {
  const same = readFileSync(jpegTarget, 'utf8').includes(sourcesSha256())
  expect(same, 'run npm run compile-jpeg -- ARCHIVE').toBe(true)
})
