import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gankit, scratch, start } from '@gankit/testkit/command'
import { expect, test } from 'vitest'

/** A folder of somebody who has installed nothing, neither here nor in gankit's cache. */
function bare(): { folder: string; env: NodeJS.ProcessEnv } {
  const folder = scratch()
  return { folder, env: { GANKIT_CACHE: join(folder, 'cache'), GANKIT_PYTHON: '', CXX: '' } }
}

test('backends --json says what there is, in the order in which auto asks', async () => {
  const { folder, env } = bare()
  const { code, out, err } = await gankit(['backends', '--json', '--no-speed', '--threads', '1'], folder, env)
  expect([code, err]).toEqual([0, ''])
  const { backends, auto } = JSON.parse(out)
  expect(backends.map(({ name }: { name: string }) => name)).toEqual([
    'tensorflow-gpu',
    'webgpu',
    'tensorflow',
    'wasm',
    'cpu',
  ])
  expect(backends[2]).toMatchObject({ present: false, get: 'npx gankit backends install native' })
  expect(backends[3]).toMatchObject({ backend: 'wasm', present: true, threads: 1 })
  expect(backends[3]).not.toHaveProperty('speed')
  expect(['wasm', 'webgpu']).toContain(auto)
})

test('the table fits into 80 columns, tells a broken install, and has no escapes where it is no terminal', async () => {
  const { folder, env } = bare()
  const broken = join(folder, 'node_modules/@tensorflow/tfjs-node')
  mkdirSync(broken, { recursive: true })
  const long = 'libtensorflow.so.2: cannot open shared object file: No such file or directory'
  writeFileSync(join(broken, 'index.js'), `throw new Error(${JSON.stringify(long)})`)
  writeFileSync(join(broken, 'package.json'), '{}')
  writeFileSync(join(folder, 'package.json'), '{"dependencies":{"@tensorflow/tfjs-node":"*"}}')
  const { code, out, err } = await gankit(['backends', '--no-speed'], folder, env)
  expect(code).toBe(0)
  expect(err).toContain('Starting wasm …\n')
  expect(out).toMatch(/^wasm {12}yes {2}4\.22\.0 +\d/m)
  expect(out).toMatch(/^tensorflow {6}no {3}- /m)
  expect(out.replace(/\s+/g, ' ')).toContain(`@tensorflow/tfjs-node: ${long}`)
  expect(out).toContain('to get it: npx gankit backends install native\n')
  expect(out).toMatch(/'auto' takes (wasm|webgpu)\.\n$/)
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  expect(`${out}${err}`).not.toContain('\x1b')
})

test('GANKIT_BACKEND that is none there is names those there are', async () => {
  const { folder, env } = bare()
  const { code, err } = await gankit(['train', 'mnist-digits', '--steps', '1'], folder, {
    ...env,
    GANKIT_BACKEND: 'abacus',
  })
  expect(code).toBe(2)
  expect(err).toContain("backend is 'abacus', expected one of: auto, webgpu, tensorflow, wasm, cpu")
})

test('install without Python or a compiler names what is missing, and leaves nothing', async () => {
  const { folder, env } = bare()
  const { code, out, err } = await gankit(['backends', 'install', 'native'], folder, { ...env, PATH: '' })
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/Python 3\.9 or newer, a C\+\+ compiler.* not found\. To get what is missing: /)
  expect(existsSync(join(folder, 'cache'))).toBe(false)
})

test('Ctrl-C stops an install, cleans up, and ends with 130', async () => {
  const { folder, env } = bare()
  const programs = join(folder, 'bin')
  mkdirSync(programs)
  for (const name of ['python3', 'g++', 'make'])
    writeFileSync(join(programs, name), '#!/bin/sh\n', { mode: 0o755 })
  // npm never answers.
  mkdirSync(join(programs, 'node_modules/npm/bin'), { recursive: true })
  writeFileSync(join(programs, 'node_modules/npm/bin/npm-cli.js'), 'setInterval(() => {}, 1000)')
  writeFileSync(join(programs, 'npm'), '', { mode: 0o755 })
  const command = start(['backends', 'install', 'native'], folder, { ...env, PATH: `${programs}:/bin` })
  await command.says('from npm')
  command.kill('SIGINT')
  const { code, out, err } = await command.ended
  expect([code, out]).toEqual([130, ''])
  expect(err).toMatch(/Stopped; nothing was changed\.\n$/)
  expect(readdirSync(join(folder, 'cache/native'))).toEqual([])
})

test('remove says where there is nothing to remove', async () => {
  const { folder, env } = bare()
  const { code, out } = await gankit(['backends', 'remove', 'native'], folder, env)
  expect([code, out]).toEqual([0, 'There is no native TensorFlow that gankit installed.\n'])
})
