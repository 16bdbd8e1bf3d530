import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import util from 'node:util'
import * as tf from '@tensorflow/tfjs'
import type { Candidate } from '../../choice.ts'
import { nativeInstalls, packageFolder, requireSharing } from '../install/installed.ts'
import { loadBinding } from './binding.ts'
import { tryMixedPrecision } from './mixed-precision.ts'
import { type NativeThreads, withThreads } from './threads.ts'
import { registerNativeTrainingKernels } from './training-kernels.ts'

const register = 'tensorflow'

/** Native TensorFlow, from the first of tfjs-node-gpu and tfjs-node that is installed and loads. */
export function nativeCandidate(wanted: NativeThreads = {}): Candidate {
  return {
    backend: register,
    async start({ precision }) {
      const failures: string[] = []
      prepare()
      for (const { name, where, require } of installs()) {
        try {
          const { threads, note } = withThreads(wanted, require)
          if (!tf.findBackendFactory(register)) throw new Error('it brings another copy of @tensorflow/tfjs')
          if (!(await tf.setBackend(register))) throw new Error('tfjs could not initialise it')
          const whyFloat32 = precision === 'mixed' ? tryMixedPrecision() : undefined
          if (precision === 'float32') registerNativeTrainingKernels()
          return {
            threads,
            reason: `${name} is installed${where}: native TensorFlow${note}`,
            ...(whyFloat32 ? { whyFloat32 } : { precision }),
          }
        } catch (error) {
          failures.push(`${name}: ${sayWhy(error, name)}`)
        }
      }
      throw new Error(failures.join('; '))
    },
  }
}

/** Where native TensorFlow may be: in the project, and in gankit's cache; that for GPUs first. */
function installs(): { name: string; where: string; require(): unknown }[] {
  const cached = nativeInstalls()
  return ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'].flatMap(name => [
    { name, where: '', require: () => load(name) },
    ...cached
      .filter(install => install.package === name)
      .map(install => ({
        name,
        where: " in gankit's cache",
        require: () => {
          loadBinding(packageFolder(install))
          return requireSharing(packageFolder(install))
        },
      })),
  ])
}

function sayWhy(error: unknown, name: string): string {
  if (!(error instanceof Error)) return String(error)
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'MODULE_NOT_FOUND' && message.includes(`'${name}'`)) return 'not installed'
  return message.split('\n')[0]!
}

/** What tfjs-node reads of the process while it loads. */
function prepare(): void {
  // Its binding calls a function that Node 23 took out of util.
  const removed = util as { isNullOrUndefined?: (value: unknown) => boolean }
  removed.isNullOrUndefined ??= value => value === null || value === undefined
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true'
}

function load(name: string): unknown {
  const project = createRequire(join(process.cwd(), 'package.json'))
  const here = createRequire(import.meta.url)
  try {
    return requireFrom(project, name)
  } catch (error) {
    if (sayWhy(error, name) !== 'not installed') throw error
    return requireFrom(here, name)
  }
}

function requireFrom(require: NodeJS.Require, name: string): unknown {
  const folder = require.resolve
    .paths(name)
    ?.map(path => join(path, name))
    .find(path => existsSync(path))
  if (folder) loadBinding(folder)
  return require(name)
}
