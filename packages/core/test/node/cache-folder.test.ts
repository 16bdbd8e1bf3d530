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

test('a user without a home needs none where a variable names the place', () => {
  const of = (platform: NodeJS.Platform, env: Record<string, string>) =>
    cacheFolder({
      platform,
      env,
      get home(): string {
        throw new Error('asked for')
      },
    })
  expect(of('linux', { GANKIT_CACHE: '/mine' })).toBe('/mine')
  expect(of('linux', { XDG_CACHE_HOME: '/tmp/cache' })).toBe('/tmp/cache/gankit')
  expect(of('win32', { LOCALAPPDATA: '/local' })).toBe('/local/gankit')
  expect(() => cacheFolder({ platform: 'linux', env: {}, home: undefined })).toThrow(
    '[gankit/core] this user has no home folder, expected a place for the cache: set GANKIT_CACHE to a folder',
  )
})

test('of this process', () => {
  expect(cacheFolder()).toMatch(/./)
})
