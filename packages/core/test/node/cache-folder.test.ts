import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cacheFolder } from '../../src/node/cache-folder.ts'

test.each<[NodeJS.Platform, Record<string, string>, string]>([
  ['linux', {}, join('/home/a', '.cache', 'gankit')],
  ['linux', { XDG_CACHE_HOME: '/tmp/cache' }, join('/tmp/cache', 'gankit')],
  ['linux', { XDG_CACHE_HOME: 'relative' }, join('/home/a', '.cache', 'gankit')],
  ['darwin', {}, join('/home/a', 'Library', 'Caches', 'gankit')],
  ['win32', {}, join('/home/a', 'AppData', 'Local', 'gankit')],
  ['win32', { LOCALAPPDATA: '/local' }, join('/local', 'gankit')],
  ['darwin', { GANKIT_CACHE: '/mine' }, '/mine'],
])('on %s with %j', (platform, env, folder) => {
  expect(cacheFolder({ platform, env, home: '/home/a' })).toBe(folder)
})

test('of this process', () => {
  expect(cacheFolder()).toMatch(/./)
})
