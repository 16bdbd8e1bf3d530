import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { parseRequirements } from '../src/node/install/cuda.ts'
import { detectPackageManager, suggestInstall } from '../src/node/install/how-to-get.ts'
import { nativeCacheFolder } from '../src/node/install/installed.ts'
import { wheelPlan } from '../src/node/install/wheel-plan.ts'

const linux = { platform: 'linux', arch: 'x64', musl: false }
const mac = { platform: 'darwin', arch: 'arm64', musl: false }

test('each platform gets the wheel that there is for it', () => {
  expect(wheelPlan(false, linux)).toMatchObject({ wheel: 'tensorflow-cpu' })
  expect(wheelPlan(true, linux)).toMatchObject({ wheel: 'tensorflow' })
  expect(wheelPlan(false, { ...linux, arch: 'arm64' })).toMatchObject({
    wheel: 'tensorflow',
    tags: expect.arrayContaining(['manylinux_2_17_aarch64']),
  })
  expect(wheelPlan(false, mac)).toMatchObject({
    wheel: 'tensorflow',
    links: { 'libtensorflow.2.dylib': 'libtensorflow_cc.2.dylib' },
  })
})

test.each([
  [false, { ...linux, platform: 'win32' }, /Windows/],
  [false, { ...linux, musl: true }, /musl/],
  [false, { ...linux, arch: 'riscv64' }, /riscv64/],
  [false, { ...linux, platform: 'freebsd' }, /freebsd/],
  [false, { ...mac, arch: 'x64' }, /Intel Macs/],
  [true, mac, /CUDA/],
  [true, { ...linux, arch: 'arm64' }, /x86-64/],
])('where there is none (gpu: %s, %j), the reason is told', (gpu, machine, why) => {
  expect(wheelPlan(gpu, machine)).toMatch(why)
})

test('of a wheel, the C headers and the shared libraries are taken, and nothing else', () => {
  const plan = wheelPlan(false, linux)
  if (typeof plan === 'string') throw new Error(plan)
  const taken = [
    'tensorflow/include/tensorflow/c/eager/c_api.h',
    'tensorflow/include/tensorflow/core/platform/ctstring.h',
    'tensorflow/include/xla/tsl/c/tsl_status.h',
    'tensorflow/include/tsl/platform/ctstring.h',
    'tensorflow/libtensorflow_cc.so.2',
    'tensorflow/libtensorflow_framework.so.2',
  ]
  const left = [
    'tensorflow/include/external/llvm-project/a.h',
    'tensorflow/python/lib_pywrap_tensorflow_common.so',
    'tensorflow/__init__.py',
    'tensorflow/include/tensorflow/compiler/tf_ops.h.inc',
  ]
  expect([...taken, ...left].filter(name => plan.members.test(name))).toEqual(taken)
})

test('the package manager follows from os-release, also of what a system is like', () => {
  expect(detectPackageManager('NAME="Debian"\nID=debian\n')).toBe('apt')
  expect(detectPackageManager('ID=linuxmint\nID_LIKE="ubuntu debian"\n')).toBe('apt')
  expect(detectPackageManager('ID=fedora\n')).toBe('dnf')
  expect(detectPackageManager('ID="rocky"\nID_LIKE="rhel centos fedora"\n')).toBe('dnf')
  expect(detectPackageManager('ID=manjaro\nID_LIKE=arch\n')).toBe('pacman')
  expect(detectPackageManager('ID="opensuse-leap"\nID_LIKE="suse opensuse"\n')).toBe('zypper')
  expect(detectPackageManager('')).toBe('apt')
})

test('what is missing is had with one command', () => {
  expect(suggestInstall(['python', 'compiler'], 'linux')).toMatch(/^sudo \S+ (install|-S) \S+ \S+$/)
  expect(suggestInstall(['python', 'compiler', 'make'], 'darwin')).toBe('xcode-select --install')
  expect(suggestInstall(['python', 'pip'], 'win32')).toBe('winget install Python.Python.3.13')
})

test("a wheel's METADATA says what CUDA it wants", () => {
  const metadata = `Name: tensorflow
Requires-Dist: numpy>=1.26.0
Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"
Requires-Dist: nvidia-nccl-cu12 <3.0,>=2.25.1 ; (python_version > "3.8") and extra == 'and-cuda'
Requires-Dist: tensorboard; extra == "board"
`
  expect(parseRequirements(metadata, 'and-cuda')).toEqual([
    'nvidia-cublas-cu12<13.0,>=12.5.3.2',
    'nvidia-nccl-cu12 <3.0,>=2.25.1',
  ])
})

test("the cache is GANKIT_CACHE, or else the platform's own", () => {
  const [home, env] = ['/home/ada', {}]
  const of = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv) => nativeCacheFolder({ env, platform, home })
  expect(of('linux', env)).toBe(join(home, '.cache', 'gankit', 'native'))
  expect(of('linux', { XDG_CACHE_HOME: '/xdg' })).toBe(join('/xdg', 'gankit', 'native'))
  expect(of('linux', { XDG_CACHE_HOME: 'relative' })).toBe(join(home, '.cache', 'gankit', 'native'))
  expect(of('darwin', env)).toBe(join(home, 'Library', 'Caches', 'gankit', 'native'))
  expect(of('win32', { LOCALAPPDATA: '/local' })).toBe(join('/local', 'gankit', 'native'))
  vi.spyOn(process, 'cwd').mockReturnValue('/here')
  expect(of('linux', { GANKIT_CACHE: '/mine' })).toBe(join('/mine', 'native'))
  expect(of('linux', { GANKIT_CACHE: 'mine' })).toBe(join('/here', 'mine', 'native'))
})
