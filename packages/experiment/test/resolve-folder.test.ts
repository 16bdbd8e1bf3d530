import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { resolveFolder } from '../src/index.ts'

test.each([
  ['file:///home/a%20b/app/dist/index.js', '../generator', false],
  ['file:///home/%E4%BA%BA/app/src/index.ts', '../generators/labels', false],
  ['file:///C:/Users/a%20b/app/dist/index.js', '../generator', true],
  ['file://server/share/app/dist/index.js', '../generator', true],
])('the folder beside %s is a path, as Node has it', (base, relative, windows) => {
  expect(resolveFolder(relative, base)).toBe(fileURLToPath(new URL(relative, base), { windows }))
})

test('in a page it is an address', () => {
  expect(resolveFolder('../generator', 'https://example.org/a/assets/worker.js')).toBe(
    'https://example.org/a/generator',
  )
})
