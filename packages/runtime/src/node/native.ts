import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import util from 'node:util'
import * as tf from '@tensorflow/tfjs'
import type { Candidate } from '../choice.ts'

const register = 'tensorflow'

/** Native TensorFlow, from the first of tfjs-node-gpu and tfjs-node that is installed and loads. */
export function nativeCandidate(): Candidate {
  return {
    backend: register,
    install: installCommand(process.cwd()),
    async start() {
      const failures: string[] = []
      for (const name of ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']) {
        try {
          load(name)
          if (!tf.findBackendFactory(register)) throw new Error('it brings another copy of @tensorflow/tfjs')
          if (!(await tf.setBackend(register))) throw new Error('tfjs could not initialise it')
          return { threads: availableParallelism(), reason: `${name} is installed: native TensorFlow` }
        } catch (error) {
          failures.push(`${name}: ${sayWhy(error, name)}`)
        }
      }
      throw new Error(failures.join('; '))
    },
  }
}

/** What to type in `folder` to get native TensorFlow: npm refuses to work inside a workspace of pnpm. */
export function installCommand(folder: string): string {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return 'npx pnpm add -w @tensorflow/tfjs-node'
  const parent = dirname(folder)
  return parent === folder ? 'npm install @tensorflow/tfjs-node' : installCommand(parent)
}

function sayWhy(error: unknown, name: string): string {
  if (!(error instanceof Error)) return String(error)
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'MODULE_NOT_FOUND' && message.includes(`'${name}'`)) return 'not installed'
  return message.split('\n')[0]!
}

function load(name: string): unknown {
  // Its binding calls a function that Node 23 took out of util.
  const removed = util as { isNullOrUndefined?: (value: unknown) => boolean }
  removed.isNullOrUndefined ??= value => value === null || value === undefined
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true'
  const project = createRequire(join(process.cwd(), 'package.json'))
  const here = createRequire(import.meta.url)
  try {
    return project(name)
  } catch (error) {
    if (sayWhy(error, name) !== 'not installed') throw error
    return here(name)
  }
}
