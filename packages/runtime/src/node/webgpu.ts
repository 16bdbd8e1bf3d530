import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as tf from '@tensorflow/tfjs'
import type { Candidate } from '../choice.ts'
import { type AdapterInfo, adapterName, isSoftwareAdapter } from '../webgpu/adapter.ts'
import { registerWebgpuTrainingKernels } from '../webgpu/register.ts'

const dawn = 'webgpu'
const backendPackage = '@tensorflow/tfjs-backend-webgpu'

/** What is used here of the package `webgpu`. */
interface Dawn {
  readonly globals: object
  create(flags: string[]): object
}

/** What Dawn is told, such as which of several adapters to take: words of GANKIT_DAWN. */
const flags = (): string[] => (process.env['GANKIT_DAWN'] ?? '').split(/\s+/).filter(Boolean)

/**
 * WebGPU in Node, through Dawn, which the package `webgpu` holds.
 * @param wanted the backend that was asked for; an adapter without a GPU is taken only for 'webgpu'
 * @param seconds how long the driver may take to answer
 */
export function webgpuCandidate(wanted = 'auto', seconds = 10): Candidate {
  return {
    backend: 'webgpu',
    install: `npm install ${dawn} ${backendPackage}`,
    async start() {
      const [library, backend] = [find(dawn), find(backendPackage)]
      const info = await probe(library, seconds)
      const name = adapterName(info)
      const software = isSoftwareAdapter(info)
      if (software && wanted !== 'webgpu')
        throw new Error(`no GPU answers, only ${name}, which computes on the processor: wasm is faster`)
      if (!tf.findBackendFactory('webgpu')) {
        const { create, globals } = (await import(library)) as Dawn
        Object.assign(globalThis, globals)
        provideNavigator(create(flags()))
        await import(backend)
      }
      registerWebgpuTrainingKernels()
      if (!(await tf.setBackend('webgpu'))) throw new Error(`tfjs could not initialise it on ${name}`)
      const note = software ? ', which computes on the processor: right, but slower than wasm' : ''
      return { threads: 1, reason: `WebGPU on ${name}${note}` }
    },
  }
}

/** The address of a package: that of the project in which we run, or else one that this package finds. */
function find(name: string): string {
  const places = [join(process.cwd(), 'package.json'), import.meta.url]
  for (const place of places) {
    try {
      return pathToFileURL(createRequire(place).resolve(name)).href
    } catch {}
  }
  throw new Error(`${name} is not installed`)
}

/**
 * Asks for an adapter in a process of its own: a driver that is broken may crash, hang or print, and none of that
 * must reach this process.
 */
function probe(library: string, seconds: number): Promise<AdapterInfo> {
  const script = `const { create } = await import(${JSON.stringify(library)})
const adapter = await create(${JSON.stringify(flags())}).requestAdapter({ powerPreference: 'high-performance' })
const { vendor, architecture, device, description, isFallbackAdapter } = adapter?.info ?? {}
const found = adapter && { vendor, architecture, device, description, isFallbackAdapter }
process.stdout.write('\\n' + JSON.stringify(found ?? null))`
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { timeout: 1000 * seconds, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        if (!error) {
          const info = JSON.parse(stdout.slice(stdout.lastIndexOf('\n'))) as AdapterInfo | null
          if (info) resolve(info)
          else
            reject(
              new Error('no adapter answers: there is no GPU, or no Vulkan, Metal or Direct3D driver for it'),
            )
        } else if (error.killed) reject(new Error(`no answer from its driver in ${seconds} s`))
        else if (error.signal) reject(new Error(`its driver crashed (${error.signal})`))
        else {
          const why = stderr.split('\n').find(line => /^\w*Error: /.test(line))
          const told = flags().length > 0 ? ` with GANKIT_DAWN='${flags().join(' ')}'` : ''
          reject(
            new Error(`${dawn} does not load${told}: ${why?.replace(/^\w*Error: /, '') ?? error.message}`),
          )
        }
      },
    )
  })
}

/** tfjs looks for WebGPU where a browser has it; Node 20 has no navigator, and later ones have one without a GPU. */
function provideNavigator(gpu: object): void {
  if (typeof navigator === 'undefined')
    Object.defineProperty(globalThis, 'navigator', {
      value: { userAgent: `Node.js/${process.versions.node.split('.')[0]}` },
      configurable: true,
      writable: true,
    })
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true })
}
