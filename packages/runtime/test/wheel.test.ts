import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { downloadWheels } from '../src/node/install/wheel.ts'

const succeeds = (program: string) => spawnSync(program, ['-m', 'pip', '--version']).status === 0
const python = ['python3', 'python'].find(succeeds)

describe.skipIf(!python)('with the real pip, and a folder as its index', () => {
  let folder: string
  let wheel: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gankit-wheel-'))
    wheel = join(folder, 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl')
    const script = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    info = 'tensorflow_cpu-2.21.0.dist-info'
    wheel.writestr(f'{info}/METADATA', 'Metadata-Version: 2.1\\nName: tensorflow-cpu\\nVersion: 2.21.0\\n')
    wheel.writestr(f'{info}/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\n')`
    execFileSync(python!, ['-c', script, wheel])
    vi.stubEnv('PIP_NO_INDEX', '1')
    vi.stubEnv('PIP_FIND_LINKS', folder)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })

  const download = (hash: string) => {
    const build = join(folder, 'build')
    mkdirSync(build)
    const wanted = [`tensorflow-cpu==2.21.0 --hash=sha256:${hash}`]
    const context = { folder: build, signal: undefined, report: () => {} }
    return downloadWheels([python!], wanted, ['manylinux_2_27_x86_64'], context)
  }

  test('a wheel with the published hash is taken', async () => {
    const hash = createHash('sha256').update(readFileSync(wheel)).digest('hex')
    const wheels = await download(hash)
    expect(wheels.map(path => basename(path))).toEqual([basename(wheel)])
  })

  test('a wheel with another hash is refused', async () => {
    await expect(download('0'.repeat(64))).rejects.toThrow(
      'what pip fetched for tensorflow-cpu==2.21.0 has another SHA-256 than the published wheel',
    )
  })
})
