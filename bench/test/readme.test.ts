import { join } from 'node:path'
import { readExamples, testReadme } from '@gankit/testkit'
import { expect, test } from 'vitest'

const bench = join(import.meta.dirname, '..')
const root = join(bench, '..')
testReadme(bench, { readme: join(root, 'README.md'), instead: { 'steps: 1000': 'steps: 10' } })
// These two would depend on the runtime for their tests, which depends on them.
for (const name of ['core', 'layers'])
  testReadme(bench, { readme: join(root, 'packages', name, 'README.md') })

test('the Chinese README has the same examples', () => {
  const code = (name: string) =>
    readExamples(join(root, name)).map(example => example.replaceAll(/ \/\/ .*/g, ''))
  expect(code('README.zh-CN.md')).toEqual(code('README.md'))
})
