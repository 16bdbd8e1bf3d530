import { type ExecFileException, execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import * as tf from '@tensorflow/tfjs'
import type { Candidate } from '../choice.ts'
import { type AdapterInfo, formatAdapter, isSoftwareAdapter } from '../webgpu/adapter.ts'
import { registerWebgpuTrainingKernels } from '../webgpu/register.ts'
import type { NodeBackend } from './node-backend.ts'
import { isInstalled, readPackageVersion, resolvePackage } from './packages.ts'

const dawn = 'webgpu'
const backendPackage = '@tensorflow/tfjs-backend-webgpu'
const installCommand = `npm install ${dawn} ${backendPackage}`

export const webgpuBackend: NodeBackend = {
  name: 'webgpu',
  backend: 'webgpu',
  createCandidate(wanted) {
    const { install, ...candidate } = createWebgpuCandidate(wanted)
    const recommends = !isInstalled(dawn) && (isGpuLikely() || wanted === 'webgpu')
    return recommends && install ? { ...candidate, install } : candidate
  },
  readVersion: () => readPackageVersion(dawn),
  findInstallCommand: () => (!isInstalled(dawn) && isGpuLikely() ? installCommand : undefined),
}

/** What gankit uses of the package `webgpu`. */
interface Dawn {
  readonly globals: object
  create(flags: string[]): object
}

/** Flags for Dawn, such as which of several adapters to take: the words of GANKIT_DAWN. */
const readFlags = (): string[] => (process.env['GANKIT_DAWN'] ?? '').split(/\s+/).filter(Boolean)

/**
 * WebGPU in Node, through Dawn, which the package `webgpu` contains.
 * @param wanted the backend that the caller named, or 'auto'; only 'webgpu' takes an adapter without a GPU
 * @param seconds time limit for the driver's answer
 */
export function createWebgpuCandidate(wanted = 'auto', seconds = 10): Candidate {
  return {
    backend: 'webgpu',
    install: installCommand,
    async start() {
      const [library, backend] = [dawn, backendPackage].map(
        name => pathToFileURL(resolvePackage(name)).href,
      ) as [string, string]
      const info = await probeAdapter(library, seconds)
      const name = formatAdapter(info)
      const software = isSoftwareAdapter(info)
      if (software && wanted !== 'webgpu')
        throw new Error(`no GPU answers, only ${name}, which computes on the processor: wasm is faster`)
      if (!tf.findBackendFactory('webgpu')) {
        const { create, globals } = (await import(library)) as Dawn
        Object.assign(globalThis, globals)
        provideNavigator(create(readFlags()))
        await import(backend)
      }
      registerWebgpuTrainingKernels()
      if (!(await tf.setBackend('webgpu'))) throw new Error(`tfjs could not initialise it on ${name}`)
      const note = software ? ', which computes on the processor: right, but slower than wasm' : ''
      return { threads: 1, reason: `WebGPU on ${name}${note}` }
    },
  }
}

/**
 * Whether this machine seems to have a GPU that WebGPU could use, from signs that take no time to check. The answer
 * decides what gankit recommends, never which backend it takes.
 */
function isGpuLikely(platform: NodeJS.Platform = process.platform): boolean {
  // Every Mac has a GPU, and nearly every Windows machine.
  if (platform !== 'linux') return platform === 'darwin' || platform === 'win32'
  const nvidia = existsSync('/dev/nvidia0')
  const windowsSubsystem = existsSync('/dev/dxg')
  return nvidia || windowsSubsystem || listFolder('/dev/dri').some(name => name.startsWith('renderD'))
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/**
 * Requests an adapter in a process of its own: a broken driver may crash, hang or print, and none of that must reach this
 * process.
 * @throws Error that says why no adapter answers
 */
function probeAdapter(library: string, seconds: number): Promise<AdapterInfo> {
  const script = `const { create } = await import(${JSON.stringify(library)})
const adapter = await create(${JSON.stringify(readFlags())}).requestAdapter({ powerPreference: 'high-performance' })
const { vendor, architecture, device, description, isFallbackAdapter } = adapter?.info ?? {}
const found = adapter && { vendor, architecture, device, description, isFallbackAdapter }
process.stdout.write('\\n' + JSON.stringify(found ?? null))`
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { timeout: 1000 * seconds, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        if (error) return reject(new Error(explainProbeFailure(error, stderr, seconds)))
        const info = JSON.parse(stdout.slice(stdout.lastIndexOf('\n'))) as AdapterInfo | null
        if (info) return resolve(info)
        reject(
          new Error('no adapter answers: there is no GPU, or no Vulkan, Metal or Direct3D driver for it'),
        )
      },
    )
  })
}

function explainProbeFailure(error: ExecFileException, stderr: string, seconds: number): string {
  if (error.killed) return `no answer from its driver in ${seconds} s`
  if (error.signal) return `its driver crashed (${error.signal})`
  const why = stderr.split('\n').find(line => /^\w*Error: /.test(line))
  const flags = readFlags()
  const note = flags.length > 0 ? ` with GANKIT_DAWN='${flags.join(' ')}'` : ''
  return `${dawn} does not load${note}: ${why?.replace(/^\w*Error: /, '') ?? error.message}`
}

/** tfjs looks for `navigator.gpu`, as in a browser. Node 20 has no navigator, and later versions have one without a GPU. */
function provideNavigator(gpu: object): void {
  if (typeof navigator === 'undefined')
    Object.defineProperty(globalThis, 'navigator', {
      value: { userAgent: `Node.js/${process.versions.node.split('.')[0]}` },
      configurable: true,
      writable: true,
    })
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true })
}
