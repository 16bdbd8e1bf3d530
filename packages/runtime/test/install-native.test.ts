import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listNativeInstalls } from '../src/node.ts'
import { run } from './child.ts'

const python = ['python3', 'python'].map(pathOf).find(path => path !== undefined)

function pathOf(name: string): string | undefined {
  try {
    return execFileSync(name, ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}

/** A machine with stand-ins for npm and Python; `cache` is where installs go. */
let machine: string
let cache: string
beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), 'gankit-install-'))
  cache = join(machine, 'cache')
  const programs = join(machine, 'bin')
  mkdirSync(programs)
  for (const name of ['npm-cli.js', 'python3']) {
    copyFileSync(join(import.meta.dirname, 'processes', name), join(programs, name))
    chmodSync(join(programs, name), 0o755)
  }
  symlinkSync('npm-cli.js', join(programs, 'npm'))
  for (const name of ['g++', 'make']) writeFileSync(join(programs, name), '#!/bin/sh\n', { mode: 0o755 })
})
afterEach(() => rmSync(machine, { recursive: true }))

/** A file such as pip would bring, with the members that a build needs, or one that is no archive at all. */
function wheel(damaged = false): string {
  const path = join(machine, 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl')
  const script = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    for name in sys.argv[2:]: wheel.writestr(name, name)`
  const names = [
    'libtensorflow_cc.so.2',
    'libtensorflow_framework.so.2',
    'include/tensorflow/c/c_api.h',
    'big.py',
  ]
  if (damaged) writeFileSync(path, 'half a wh')
  else execFileSync(python!, ['-c', script, path, ...names.map(name => `tensorflow/${name}`)])
  return path
}

/** Leaves a folder such as an install leaves, with a file `old` in it. */
function installed(tensorflow = '2.21.0'): string {
  const { platform, arch } = process
  const folder = join(cache, 'native', `tfjs-node-4.22.0-tf${tensorflow}-${platform}-${arch}`)
  mkdirSync(folder, { recursive: true })
  const record = { package: '@tensorflow/tfjs-node', version: '4.22.0', tensorflow, platform, arch }
  writeFileSync(join(folder, 'gankit.json'), JSON.stringify(record))
  writeFileSync(join(folder, 'old'), '')
  return folder
}

interface Told {
  readonly phases: string[]
  readonly notes: string[]
  readonly installed?: { folder: string; bytes: number }
  readonly failed?: string
  readonly message?: string
}

async function install(env: Record<string, string> = {}, options: object = {}): Promise<Told> {
  const { code, stdout, stderr } = await run('install.ts', [JSON.stringify(options)], {
    cwd: machine,
    env: {
      PATH: `${join(machine, 'bin')}:/bin`,
      CXX: '',
      GANKIT_PYTHON: '',
      GANKIT_CACHE: cache,
      PYTHON: python ?? '',
      ...env,
    },
  })
  expect([code, stderr]).toEqual([0, ''])
  const told = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  return {
    phases: told.flatMap(({ phase }) => phase ?? []),
    notes: told.flatMap(({ note }) => note ?? []),
    ...told.at(-1),
  }
}

const linux = process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch)
describe.skipIf(!linux || !python)('with stand-ins for npm and pip (Linux with Python)', () => {
  test('the wheel is built, trained with, and put in place', async () => {
    const told = await install({ WHEEL: wheel() })
    expect(told.message).toBeUndefined()
    if (process.arch === 'x64') expect(told.notes).toEqual([])
    expect(told.phases.length).toBe(6)
    const name = `tfjs-node-4.22.0-tf2.21.0-${process.platform}-${process.arch}`
    expect(readdirSync(join(cache, 'native'))).toEqual([name])
    expect(told.installed).toMatchObject({
      folder: join(cache, 'native', name),
      package: '@tensorflow/tfjs-node',
      version: '4.22.0',
      tensorflow: '2.21.0',
      source: 'wheel',
      bytes: expect.any(Number),
    })
    const home = join(cache, 'native', name)
    expect(JSON.parse(readFileSync(join(home, 'gankit.json'), 'utf8'))).toEqual(told.installed)
    // Only what runs is kept: neither the build's parts nor other copies of tfjs.
    expect(readdirSync(join(home, 'node_modules', '@tensorflow'))).toEqual(['tfjs-node'])
    const deps = join(home, 'node_modules', '@tensorflow', 'tfjs-node', 'deps')
    expect(readdirSync(join(deps, 'lib')).sort()).toEqual([
      'libtensorflow.so',
      'libtensorflow_cc.so.2',
      'libtensorflow_framework.so',
      'libtensorflow_framework.so.2',
    ])
    expect(existsSync(join(deps, 'include'))).toBe(false)

    expect(listNativeInstalls(join(cache, 'native'))).toEqual([told.installed])
  })

  test.each([
    ['npm', "npm can't fetch @tensorflow/tfjs-node@4.22.0: .*404 Not Found"],
    ['hash', 'what npm fetched for @tensorflow/tfjs-node@4.22.0 has another hash than the published files'],
    ['pip', 'pip has no tensorflow.*==2.21.0: No matching distribution found'],
    ['wheel', "can't be unpacked: .*not a zip file"],
    ['compiler', "the addon can't be built: .*c_api.h: No such file"],
    ['crash', 'a step could not be trained: it crashed \\(SIGSEGV\\)'],
    [
      'wrong',
      'a step could not be trained: a step trained with .* gives other weights than plain JavaScript',
    ],
  ])('where the %s fails, it says why, and leaves a working install as it was', async (fail, why) => {
    installed()
    const before = contents(cache)
    const told = await install({ FAIL: fail, WHEEL: wheel(fail === 'wheel') })
    expect(told.failed).toBe('GankitError')
    expect(told.message).toMatch(
      new RegExp(String.raw`^\[gankit/runtime\] native TensorFlow could not be installed: .*${why}`),
    )
    expect(told.message).toMatch(/Nothing was changed$/)
    expect(told.message).not.toContain('\n')
    expect(contents(cache)).toEqual(before)
  })

  test('a new one takes the place of the old', async () => {
    const [same, older] = [installed(), installed('2.20.0')]
    const told = await install({ WHEEL: wheel() })
    expect(told.installed!.folder).toBe(same)
    expect(readdirSync(join(cache, 'native'))).toEqual([basename(same)])
    expect(existsSync(join(same, 'old'))).toBe(false)
    expect(existsSync(older)).toBe(false)
  })

  test('what a killed install left is removed by the next, after what it was about to replace came back', async () => {
    const name = basename(installed())
    const left = join(cache, 'native', '.building-999999999-abc')
    mkdirSync(join(left, 'replaced', name), { recursive: true })
    mkdirSync(join(left, 'replaced', 'another'))
    await install({ FAIL: 'npm' })
    expect(readdirSync(join(cache, 'native')).sort()).toEqual(['another', name])
  })

  test('without pip it says how to get it, before anything is fetched', async () => {
    const told = await install({ FAIL: 'no-pip' })
    expect(told.message).toMatch(/can't be built: pip for python3 not found\. To get what is missing: sudo /)
    expect(existsSync(cache)).toBe(false)
  })

  test("where tfjs-node's own download is asked for, nothing is asked of pip, and its lack of a hash is told", async () => {
    const told = await install({ RELEASE: '1', FAIL: 'pip' }, { source: 'release' })
    expect(told.installed).toMatchObject({ source: 'release', tensorflow: '2.21.0' })
    expect(told.phases.length).toBe(4)
    expect(told.notes).toEqual(['what it downloads from Google is compared with no hash'])
  })

  test('a wheel of another version is taken with what the index says of it, which is told', async () => {
    const told = await install({ WHEEL: wheel() }, { tensorflow: '2.20.0' })
    expect(told.notes).toEqual([expect.stringMatching(/the hash .* tensorflow\S* 2\.20\.0 is not known/)])
  })

  test('a release that is requested and not available is an error', async () => {
    const told = await install({ WHEEL: wheel() }, { source: 'release' })
    expect(told.message).toContain('own download failed: getaddrinfo ENOTFOUND storage.example')
    expect(readdirSync(join(cache, 'native'))).toEqual([])
  })
})

test('without any program it names all that is missing', async () => {
  const told = await install({ PATH: '' })
  if (process.platform === 'linux')
    expect(told.message).toMatch(/: Python 3\.9 or newer, a C\+\+ compiler, make not found\. To get what/)
  else expect(told.message).toMatch(/Python 3\.9 or newer/)
  expect(existsSync(cache)).toBe(false)
})

test('GANKIT_PYTHON that is no Python is named', async () => {
  const told = await install({ GANKIT_PYTHON: '/no/such/python' })
  expect(told.message).toBe(
    "[gankit/runtime] GANKIT_PYTHON is '/no/such/python', expected the path of Python 3.9 or newer",
  )
})

test('a cache that cannot be made is named', async () => {
  writeFileSync(cache, 'a file')
  if (!python) return
  const told = await install()
  expect(told.message).toMatch(/folder .*cache\/native can't be made \(E\w+\), expected .* set GANKIT_CACHE/)
})

/** Every file below a folder, and what is in it. */
function contents(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }): [string, string] => {
      const path = join(parentPath, name)
      return [path, readFileSync(path, 'utf8')]
    })
    .sort()
}
