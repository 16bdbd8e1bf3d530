import type { OptimizerSettings } from '@gankit/trainer'
import type { RunConfig } from '../run-config.ts'

/** A configuration in a few lines, each a name and what stands there; config.json has all of it. */
export function configLines(config: RunConfig): [name: string, value: string][] {
  const { app, preset, seed, data, dataOptions = {}, training, backend, versions } = config
  const options = Object.entries(dataOptions).map(([name, value]) => `${name} ${value}`)
  const { batch, latent, discriminatorSteps, objective, optimizers } = training
  const moves = `${discriminatorSteps} ${discriminatorSteps === 1 ? 'move' : 'moves'} of D a step`
  return [
    ['app', `${app}, preset ${preset}, seed ${seed}`],
    ['data', [data, ...options].join(', ')],
    [
      'training',
      `${typeof objective === 'string' ? objective : objective?.name}, batch ${batch}, latent ${latent}, ${moves}`,
    ],
    ['optimizer', `G ${optimizerOf(optimizers?.generator)}, D ${optimizerOf(optimizers?.discriminator)}`],
    ['backend', `${backend?.name}, ${backend?.precision ?? 'float32'}, gankit ${versions?.gankit}`],
  ]
}

function optimizerOf(settings: OptimizerSettings | undefined): string {
  return [settings?.name, settings?.learningRate].filter(part => part !== undefined).join(' ')
}
