import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs'
import type { Candidate } from '../../choice.ts'
import {
  explainDistrust,
  listNativeInstalls,
  packageFolder,
  prepareProcess,
  requireWithSharedTfjs,
} from '../install/installed.ts'
import { wheelPlan } from '../install/wheel-plan.ts'
import type { NodeBackend } from '../node-backend.ts'
import { findPackageFolder, isInstalled } from '../packages.ts'
import { loadBinding } from './binding.ts'
import { tryMixedPrecision } from './mixed-precision.ts'
import { type NativeThreadOptions, withThreads } from './threads.ts'
import { registerNativeTrainingKernels } from './training-kernels.ts'

const backendName = 'tensorflow'
const gpuPackage = '@tensorflow/tfjs-node-gpu'
const installCommand = 'npx gankit backends install native'

/** Native TensorFlow on the processor. */
export const nativeBackend: NodeBackend = {
  name: 'tensorflow',
  backend: backendName,
  createCandidate: (_, options) => ({
    ...createNativeCandidate(options),
    ...(canInstallNative() && { install: installCommand }),
  }),
  readVersion,
  findInstallCommand: () => installCommand,
  env: { CUDA_VISIBLE_DEVICES: '-1' },
}

/** Native TensorFlow on a GPU, through CUDA; started by the candidate of `nativeBackend`. */
export const nativeGpuBackend: NodeBackend = {
  name: 'tensorflow-gpu',
  backend: backendName,
  readVersion,
  findInstallCommand: () => (typeof wheelPlan(true) === 'string' ? undefined : `${installCommand} --gpu`),
  explainAbsence: () => (isCudaInstalled() ? undefined : 'not installed'),
  explainMismatch: gpu => (gpu ? undefined : 'TensorFlow for CUDA is installed, and finds no GPU'),
}

/** Whether a TensorFlow for CUDA is installed, on a machine with a GPU or without. */
export function isCudaInstalled(): boolean {
  return isInstalled(gpuPackage) || listNativeInstalls().some(install => install.package === gpuPackage)
}

function canInstallNative(): boolean {
  // Windows has no wheel, but the release that tfjs-node downloads itself.
  return process.platform === 'win32' || typeof wheelPlan(false) === 'object'
}

function readVersion(): string | undefined {
  return (tf.backend() as unknown as { binding?: { TF_Version?: string } }).binding?.TF_Version
}

/** Native TensorFlow, from the first of tfjs-node-gpu and tfjs-node that is installed and loads. */
export function createNativeCandidate(wanted: NativeThreadOptions = {}): Candidate {
  return {
    backend: backendName,
    async start({ precision }) {
      const failures: string[] = []
      prepareProcess()
      for (const { name, where, require } of listInstalls()) {
        try {
          const { threads, note } = withThreads(wanted, require)
          if (!tf.findBackendFactory(backendName))
            throw new Error('it brings another copy of @tensorflow/tfjs')
          if (!(await tf.setBackend(backendName))) throw new Error('tfjs could not initialise it')
          const whyFloat32 = precision === 'mixed' ? tryMixedPrecision() : undefined
          if (precision === 'float32') registerNativeTrainingKernels()
          return {
            threads,
            reason: `${name} is installed${where}: native TensorFlow${note}`,
            ...(whyFloat32 ? { whyFloat32 } : { precision }),
          }
        } catch (error) {
          failures.push(`${name}: ${explainError(error, name)}`)
        }
      }
      const distrust = explainDistrust()
      throw new Error([...failures, ...(distrust ? [distrust] : [])].join('; '))
    },
  }
}

/** Where native TensorFlow may be installed: in the project and in gankit's cache, packages for GPUs first. */
function listInstalls(): { name: string; where: string; require(): unknown }[] {
  const cached = listNativeInstalls()
  return [gpuPackage, '@tensorflow/tfjs-node'].flatMap(name => [
    { name, where: '', require: () => requireInstalled(name) },
    ...cached
      .filter(install => install.package === name)
      .map(install => ({
        name,
        where: " in gankit's cache",
        require: () => {
          loadBinding(packageFolder(install))
          return requireWithSharedTfjs(packageFolder(install))
        },
      })),
  ])
}

function explainError(error: unknown, name: string): string {
  if (!(error instanceof Error)) return String(error)
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'MODULE_NOT_FOUND' && message.includes(`'${name}'`)) return 'not installed'
  return message.split('\n')[0]!
}

function requireInstalled(name: string): unknown {
  const folder = findPackageFolder(name)
  if (!folder) throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' })
  loadBinding(folder)
  return createRequire(import.meta.url)(folder)
}
