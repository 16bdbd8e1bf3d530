import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findApp, hasApp, isAppPath, listApps, loadApp, openApp } from '../../src/node.ts'
import { scratch } from './run-folder.ts'

const before = process.cwd()
afterAll(() => process.chdir(before))

/** A project with these packages, in which this process then works. */
function enterProject(packages: Readonly<Record<string, { manifest?: object; main?: string }>>): string {
  const folder = scratch()
  for (const [name, { manifest = { gankit: { app: true } }, main = '' }] of Object.entries(packages)) {
    const path = join(folder, 'node_modules', name)
    mkdirSync(path, { recursive: true })
    const exports = { '.': { default: './main.mjs' } }
    writeFileSync(join(path, 'package.json'), JSON.stringify({ name, exports, ...manifest }))
    writeFileSync(join(path, 'main.mjs'), main)
  }
  const dependencies = Object.fromEntries(Object.keys(packages).map(name => [name, '*']))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies }))
  process.chdir(folder)
  return process.cwd()
}

test('apps are found under any name and scope, and nothing else is', async () => {
  enterProject({
    'plain-app': { main: "export const app = { name: 'plain-app' }" },
    '@somebody/scoped': { main: "export const app = { name: 'scoped' }" },
    '@gankit/not-an-app': { manifest: { gankit: { app: false } } },
    other: { manifest: { keywords: ['gankit'] } },
  })
  const names = listApps().map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['plain-app', 'scoped']))
  expect([hasApp('not-an-app'), hasApp('other')]).toEqual([false, false])
  expect(findApp('scoped').packageName).toBe('@somebody/scoped')
  expect((await loadApp('scoped')).name).toBe('scoped')
  expect((await loadApp('plain-app')).name).toBe('plain-app')
})

test('an app that is not there is refused with those that are', () => {
  enterProject({ 'a-app': {}, '@x/b-app': {} })
  expect(() => findApp('c-app')).toThrow(/app is 'c-app', expected one of: a-app, b-app/)
  expect(() => findApp(undefined)).toThrow('no app is named, expected one of: ')
})

test('two packages of one name are refused with both folders', () => {
  const folder = enterProject({ '@x/same': {}, '@y/same': {} })
  const [x, y] = ['@x/same', '@y/same'].map(name => join(folder, 'node_modules', name))
  expect(() => findApp('same')).toThrow(`app 'same' is installed twice, as ${x} and ${y}`)
})

test('a package that exports no app of its name is refused', async () => {
  enterProject({ 'no-app': {}, 'other-name': { main: "export const app = { name: 'another' }" } })
  await expect(loadApp('no-app')).rejects.toThrow("exports no app, expected 'no-app'")
  await expect(loadApp('other-name')).rejects.toThrow("exports an app named 'another', expected 'other-name'")
})

test.each<[string, object]>([
  ['a text', { exports: './index.mjs' }],
  ['a text under a dot', { exports: { '.': './index.mjs' } }],
  ['conditions', { exports: { import: './index.mjs', require: './none.cjs' } }],
  ['conditions under a dot', { exports: { '.': { types: './none.d.ts', import: './index.mjs' } } }],
  ['conditions in conditions', { exports: { '.': { node: { import: { default: './index.mjs' } } } } }],
  ['a list', { exports: { '.': [{ unknown: './none.js' }, './index.mjs'] } }],
  ['main', { main: './index.mjs' }],
  ['main without a dot', { main: 'index.mjs' }],
])('an app whose main module is named by %s is loaded', async (kind, fields) => {
  const name = `app-by-${kind.replaceAll(' ', '-')}`
  const folder = enterProject({
    [name]: { manifest: { gankit: { app: true }, exports: undefined, ...fields } },
  })
  writeFileSync(join(folder, 'node_modules', name, 'index.mjs'), `export const app = { name: '${name}' }`)
  expect((await loadApp(name)).name).toBe(name)
})

test.each<[string, object]>([
  ['leads out of its folder', { exports: '../outside.mjs' }],
  ['is for require alone', { exports: { require: './main.mjs' } }],
  ['is another one', { exports: { './other': './main.mjs' } }],
  ['is a number', { exports: 5 }],
  ['is not there', { exports: './none.mjs' }],
])('a main module that %s is said to be none', async (_, fields) => {
  enterProject({ 'no-main': { manifest: { gankit: { app: true }, ...fields } } })
  await expect(loadApp('no-main')).rejects.toThrow("exports no app, expected 'no-main'")
})

test('an app is loaded from the folder that a person named, and from none that a run named', async () => {
  const folder = enterProject({})
  mkdirSync(join(folder, 'apps/my-app'), { recursive: true })
  writeFileSync(
    join(folder, 'apps/my-app/package.json'),
    JSON.stringify({ name: '@me/my-app', exports: './a.mjs', gankit: { app: true } }),
  )
  writeFileSync(join(folder, 'apps/my-app/a.mjs'), "export const app = { name: 'my-app' }")
  for (const path of ['./apps/my-app', join(folder, 'apps/my-app')]) {
    expect(isAppPath(path)).toBe(true)
    expect((await openApp(path)).name).toBe('my-app')
    expect(() => loadApp(path)).toThrow(`app is '${path}'`)
  }
  expect(['my-app', '@me/my-app', 'apps/my-app'].map(isAppPath)).toEqual([false, false, false])
  expect(() => openApp('./apps')).toThrow('./apps holds no app, expected a package.json with a name')
})

test('what a folder holds and its package.json does not name is not run', () => {
  const folder = enterProject({ named: {} })
  const evil = join(folder, 'node_modules/evil')
  mkdirSync(evil)
  writeFileSync(join(evil, 'package.json'), JSON.stringify({ name: 'evil', gankit: { app: true } }))
  expect([hasApp('named'), hasApp('evil')]).toEqual([true, false])
})

test.each<[string, Readonly<Record<string, string>>]>([
  ['a run', { 'config.json': '{}', 'events.jsonl': '' }],
  ['a generator', { 'model.json': '{}' }],
])('code that came with %s is not run, there and below', (_, files) => {
  const folder = enterProject({ evil: {} })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  mkdirSync(join(folder, 'samples/deep'), { recursive: true })
  for (const place of ['samples', 'samples/deep']) {
    process.chdir(join(folder, place))
    expect(hasApp('evil')).toBe(false)
  }
})

test('a run below a project uses the apps of the project', () => {
  const folder = enterProject({ 'project-app': {} })
  const run = join(folder, 'runs/points/one')
  mkdirSync(join(run, 'checkpoints'), { recursive: true })
  writeFileSync(join(run, 'config.json'), '{}')
  process.chdir(run)
  expect(hasApp('project-app')).toBe(true)
})

test.skipIf(process.platform === 'win32')('code in a folder that anybody may write to is not run', () => {
  const folder = enterProject({ shared: {} })
  chmodSync(folder, 0o777)
  mkdirSync(join(folder, 'mine'))
  process.chdir(join(folder, 'mine'))
  expect(hasApp('shared')).toBe(false)
})
