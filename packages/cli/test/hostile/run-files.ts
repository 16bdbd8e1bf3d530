import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const adam = { name: 'adam', learningRate: 2e-4 }
/** What a run has in its config.json. */
export const config: Readonly<Record<string, unknown>> = {
  version: 3,
  app: 'mnist-digits',
  preset: 'quick',
  data: 'embedded',
  dataOptions: { size: 28 },
  conditional: ['class'],
  seed: 3,
  model: { base: 4 },
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
const scalars = { 'discriminator/loss': 1.3, 'generator/loss': 0.7, 'generator/gradient': null }
const described = [{ name: 'generator/loss', label: 'G', chart: 'loss', equilibrium: 0.69, digits: 3 }]
/** What a run has in its events.jsonl, a line each. */
export const events: readonly object[] = [
  { type: 'start', step: 0, steps: 400, scalars: described },
  { type: 'step', step: 50, steps: 400, samplesSeen: 400, seconds: 5, scalars },
  { type: 'step', step: 100, steps: 400, samplesSeen: 800, seconds: 10, scalars },
  {
    type: 'metrics',
    step: 100,
    metrics: { kid: { value: 0.5, better: 'less', floor: 0.1 } },
    best: { metric: 'kid', value: 0.5, step: 100 },
  },
  {
    type: 'rollback',
    step: 100,
    to: 50,
    player: 'judge',
    cause: 'loss',
    attempt: 1,
    tries: 3,
    learningRateScale: 0.5,
  },
  { type: 'finding', step: 60, name: 'oscillation', evidence: 'seen', advice: 'do' },
  { type: 'warning', step: 70, message: 'careful' },
  { type: 'checkpoint', step: 100 },
  { type: 'end', step: 100, reason: 'stopped', why: 'asked', samplesSeen: 800, trained: 800, seconds: 10 },
]

/** Writes a run, with other contents where they are given. @returns its folder */
export function writeRun(
  folder: string,
  files: { readonly config?: string; readonly events?: string } = {},
): string {
  mkdirSync(join(folder, 'samples'), { recursive: true })
  writeFileSync(join(folder, 'config.json'), files.config ?? JSON.stringify(config))
  writeFileSync(
    join(folder, 'events.jsonl'),
    files.events ?? events.map(event => `${JSON.stringify(event)}\n`).join(''),
  )
  return folder
}
