import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findApp, hasApp, listApps, loadApp } from '../../src/node.ts'
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
