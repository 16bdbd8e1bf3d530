import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratch } from '@gankit/testkit/scratch'
import { expect, test } from 'vitest'
import { readFileBytes, readFileSize } from '../../src/node.ts'

test('a file is read, whole or its beginning, through links inside its folder', async () => {
  const folder = scratch()
  const path = join(folder, '..file')
  writeFileSync(path, 'content')
  symlinkSync('..file', join(folder, 'link'))
  expect(String(await readFileBytes(path, { within: folder }))).toBe('content')
  expect(String(await readFileBytes(join(folder, 'link'), { within: folder }))).toBe('content')
  expect(String(await readFileBytes(path, { length: 3, maxBytes: 3 }))).toBe('con')
  expect(String(await readFileBytes(path, { length: 99 }))).toBe('content')
  expect(await readFileSize(path, folder)).toBe(7)
})

test('what is no file of the folder is refused at once, in one line', async () => {
  const folder = scratch()
  const place = (name: string) => join(folder, name)
  mkdirSync(place('folder'))
  execFileSync('mkfifo', [place('pipe')])
  symlinkSync('/dev/zero', place('zero'))
  symlinkSync('/etc/passwd', place('elsewhere'))
  symlinkSync('nothing', place('dangling'))
  symlinkSync('loop', place('loop'))
  writeFileSync(place('large'), '')
  truncateSync(place('large'), 2 ** 40)
  const refusal = (name: string, within?: string) =>
    readFileBytes(place(name), within === undefined ? {} : { within }).then(
      () => expect.fail('expected a failure'),
      error => error.message,
    )
  const out = 'it is a link that leads out of its folder'
  expect(await refusal('folder')).toContain('it is a folder, expected a file')
  expect(await refusal('pipe')).toContain('it is a pipe or a device, expected a file')
  expect(await refusal('zero')).toContain('it is a pipe or a device, expected a file')
  expect(await refusal('zero', folder)).toContain(out)
  expect(await refusal('elsewhere', folder)).toContain(out)
  expect(await refusal('dangling', folder)).toContain('there is no such file')
  expect(await refusal('loop', folder)).toContain('could not read')
  expect(await refusal('large')).toContain('it has 1099511627776 bytes, expected at most 1073741824')
})
