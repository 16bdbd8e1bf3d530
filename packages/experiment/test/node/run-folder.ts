import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder of its own for one test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-runs-'))
  folders.push(folder)
  return folder
}

const adam = { name: 'adam', learningRate: 2e-4 }

/** What a run that never was would have written down. */
export const config: Readonly<Record<string, unknown>> = {
  version: 3,
  app: 'mnist-digits',
  preset: 'quick',
  data: 'embedded',
  dataOptions: {},
  seed: 3,
  model: {},
  training: {
    steps: 400,
    batch: 8,
    latentSize: 4,
    discriminatorSteps: 1,
    objective: 'non-saturating',
    optimizers: { generator: adam, discriminator: adam },
    sampleEvery: 100,
  },
  dataset: { size: 100, sampleShape: [28, 28, 1] },
  backend: { name: 'wasm', threads: 1, precision: 'float32' },
  versions: { gankit: '0.0.0', tfjs: '4.22.0', node: '20.19.0' },
}

/** Writes files into a run directory; objects become JSON, lists one of them a line. */
export function writeRun(path: string, files: Readonly<Record<string, unknown>>): string {
  for (const [name, content] of Object.entries({ 'config.json': config, ...files })) {
    const file = join(path, name)
    mkdirSync(join(file, '..'), { recursive: true })
    if (content instanceof Uint8Array || typeof content === 'string') writeFileSync(file, content)
    else if (Array.isArray(content))
      writeFileSync(file, content.map(line => `${JSON.stringify(line)}\n`).join(''))
    else writeFileSync(file, JSON.stringify(content))
  }
  return path
}

export const start: object = { type: 'start', step: 0, steps: 400 }
export const step = (at: number): object => ({
  type: 'step',
  step: at,
  samplesSeen: 8 * at,
  seconds: at / 10,
  scalars: {
    'discriminator/loss': 1 / at,
    'generator/loss': at,
    'discriminator/real': 0.6,
    'discriminator/fake': 0.4,
    'discriminator/gradient': 2,
    'generator/gradient': null,
  },
})
export const end = (reason: string, at: number, why?: string): object => ({
  type: 'end',
  reason,
  ...(why && { why }),
  step: at,
  samplesSeen: 8 * at,
  trained: 8 * at,
  seconds: at / 10,
})
