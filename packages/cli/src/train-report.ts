import { join, relative } from 'node:path'
import { createObjective } from '@gankit/losses'
import type { Precision } from '@gankit/runtime'
import { terminalPreview } from '@gankit/visualization'
import { commandLine, detectStreamColor } from './output.ts'
import type { TrainOutcome } from './train.ts'

/** What `gankit train --json` prints. */
export interface TrainResult {
  readonly app: string
  readonly preset: string
  readonly steps: number
  readonly images: number
  readonly seconds: number
  readonly imagesPerSecond: number
  readonly backend: string
  readonly threads: number
  readonly precision: Precision
  readonly seed: number
  readonly lossD: number | null
  readonly lossG: number | null
  readonly dReal: number | null
  readonly dFake: number | null
  readonly weightsSha256: string
  readonly run: string
}

/** The outcome as plain data. Figures are null where no step was taken. */
export function resultOf({ config, choice, end, weightsSha256, run }: TrainOutcome): TrainResult {
  const { lossD = null, lossG = null, dReal = null, dFake = null } = end.values ?? {}
  return {
    app: config.app,
    preset: config.preset,
    steps: end.step,
    images: end.images,
    seconds: end.seconds,
    imagesPerSecond: end.trained / end.seconds,
    backend: choice.backend,
    threads: choice.threads,
    precision: choice.precision,
    seed: config.seed,
    lossD,
    lossG,
    dReal,
    dFake,
    weightsSha256,
    run,
  }
}

/** The outcome for a person: the grid, the figures beside where they would be at the equilibrium, what to do next. */
export function reportOf(outcome: TrainOutcome, stream: NodeJS.WriteStream): string {
  const { config, end, samples, run } = outcome
  const { steps, images, seconds, imagesPerSecond } = resultOf(outcome)
  const preview = terminalPreview(samples, {
    columns: stream.columns ?? 80,
    rows: 18,
    color: detectStreamColor(stream),
  })
  const near = relative('', run) || '.'
  const path = near.startsWith('..') ? run : near
  const lines = [
    '',
    preview.replace(/\n$/, ''),
    '',
    `${steps.toLocaleString('en')} steps, ${images.toLocaleString('en')} images, ${seconds.toFixed(0)} s (${Math.round(imagesPerSecond).toLocaleString('en')} images/s)`,
  ]
  if (end.values) {
    const { lossD, lossG, dReal, dFake } = end.values
    const rest = createObjective(config.training.objective).equilibrium
    lines.push(
      `loss D ${lossD.toFixed(3)} (${rest.discriminator.toFixed(3)} at the equilibrium), G ${lossG.toFixed(3)} (${rest.generator.toFixed(3)})`,
      `D(real) ${dReal.toFixed(2)}, D(fake) ${dFake.toFixed(2)} (0.50 at the equilibrium)`,
    )
  }
  lines.push(
    `run    ${path}`,
    `look   ${commandLine('inspect', path)}, or open ${join(path, 'report.html')}`,
    ...(end.why ? [`${end.reason} ${end.reason === 'failed' ? '' : 'because '}${end.why}`] : []),
    end.reason === 'done'
      ? `next   ${commandLine('sample', path, '--count', '100', '--out', 'samples.png')}`
      : `stopped after step ${steps}; go on: ${commandLine('train', '--resume', path)}`,
  )
  return `${lines.join('\n')}\n`
}
