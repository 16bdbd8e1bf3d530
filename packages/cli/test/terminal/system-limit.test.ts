import { expect, test } from 'vitest'
import { explainSystemLimit } from '../../src/terminal/system-limit.ts'

const withCode = (code: string) => Object.assign(new Error(code), { code })
function failure(act: () => void): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new Error('expected an error')
}

test.each<[string, unknown, string]>([
  ['too many open files', withCode('EMFILE'), 'ulimit -n 1024'],
  ['files of the system', withCode('ENFILE'), 'fs.file-max'],
  ['no memory', withCode('ENOMEM'), 'ulimit -v'],
  ['a length that no array has', failure(() => new Float32Array(2 ** 53)), '--batch'],
  ['a buffer that is too long', failure(() => new ArrayBuffer(2 ** 53 - 1)), '--batch'],
])('%s is explained', (_, error, words) => {
  expect(explainSystemLimit(error)).toContain(words)
  expect(explainSystemLimit(error)).not.toContain('\n')
})

test('other errors are not taken for a limit', () => {
  expect(explainSystemLimit(failure(() => (1).toFixed(101)))).toBeUndefined()
  for (const code of ['ENOENT', 'ERR_MODULE_NOT_FOUND'])
    expect(explainSystemLimit(withCode(code))).toBeUndefined()
  expect(explainSystemLimit('EMFILE')).toBeUndefined()
})
