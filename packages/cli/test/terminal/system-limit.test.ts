import { expect, test } from 'vitest'
import { explainSystemLimit, survivePoorMemory } from '../../src/terminal/system-limit.ts'

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
  [
    'a library that finds no addresses',
    new Error('ERR_DLOPEN_FAILED: libvips-cpp.so.8.18.7: failed to map segment from shared object'),
    'ulimit -v',
  ],
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

test('a parser of HTTP that Node makes unasked and finds no memory for ends nothing', () => {
  const before = process.listeners('unhandledRejection')
  const end = survivePoorMemory()
  const [hear] = process.listeners('unhandledRejection').filter(each => !before.includes(each))
  const failed = new RangeError('WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory')
  expect(() => hear!(failed, Promise.resolve())).toThrow(failed)
  failed.stack = `${failed.message}\n    at lazyllhttp (node:internal/deps/undici/undici:5971:32)`
  expect(() => hear!(failed, Promise.resolve())).not.toThrow()
  expect(() => hear!(new Error('lazyllhttp'), Promise.resolve())).toThrow('lazyllhttp')
  end()
  expect(process.listeners('unhandledRejection')).toEqual(before)
})
