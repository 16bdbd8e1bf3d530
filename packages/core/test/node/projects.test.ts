import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { scratch } from '@gankit/testkit/scratch'
import { expect, test } from 'vitest'
import { findPackage, listPackages, listProjects } from '../../src/node.ts'

function write(path: string, content: object = {}): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(content))
}

test('packages come from the nearest project that names them, then from beside the one that asks', () => {
  const folder = scratch()
  const at = (...names: string[]) => join(folder, ...names)
  for (const path of [
    'node_modules/a',
    'node_modules/b',
    'inner/node_modules/b',
    'inner/node_modules/unnamed',
  ])
    write(at('project', path, 'package.json'))
  write(at('project/package.json'), { dependencies: { a: '1', b: '1' } })
  write(at('project/inner/package.json'), { devDependencies: { b: '1' } })
  write(at('global/node_modules/@gankit/cli/dist/main.js'))
  for (const name of ['b', 'c', '@gankit/cli', '@gankit/app'])
    write(at('global/node_modules', name, 'package.json'))
  const projects = listProjects(at('global/node_modules/@gankit/cli/dist/main.js'), at('project/inner'))
  expect(findPackage('a', projects)).toBe(at('project/node_modules/a'))
  expect(findPackage('b', projects)).toBe(at('project/inner/node_modules/b'))
  expect(findPackage('c', projects)).toBe(at('global/node_modules/c'))
  expect(findPackage('unnamed', projects)).toBeUndefined()
  expect(projects.slice(0, 2).map(listPackages)).toEqual([['b'], ['a', 'b']])
  expect(listPackages(projects.at(-1)!)).toEqual(
    expect.arrayContaining(['@gankit/app', '@gankit/cli', 'b', 'c']),
  )
})

test('names that lead out of node_modules name nothing', () => {
  const folder = scratch()
  write(join(folder, 'evil/package.json'))
  mkdirSync(join(folder, 'node_modules'))
  write(join(folder, 'package.json'), {
    dependencies: { '../evil': '1', '..': '1', '@a/../../evil': '1', '.': '1' },
  })
  const [project] = listProjects('/nowhere/file.js', folder)
  expect(listPackages(project!)).toEqual([])
})

test('odd manifests name nothing, and end nothing', () => {
  const folder = scratch()
  for (const text of [
    '',
    'null',
    '[]',
    '{"dependencies":5}',
    '{"dependencies":null}',
    '{"dependencies":["a"]}',
  ]) {
    writeFileSync(join(folder, 'package.json'), text)
    const projects = listProjects('/nowhere/file.js', folder)
    expect(findPackage('a', projects)).toBeUndefined()
  }
})
