import type { DcganOptions } from '@gankit/dcgan'
import type { Preset, TrainingSettings } from '@gankit/experiment'

/** One of the recipes that a comparison trains. */
export interface Variant extends Pick<Preset<DcganOptions>, 'model' | 'training'> {
  readonly name: string
}

type Rate = TrainingSettings['optimizers']['generator']['learningRate']

/** Adam with the same settings for both networks. */
export function both(
  learningRate: NonNullable<Rate>,
  beta1: number,
  beta2: number,
): TrainingSettings['optimizers'] {
  const adam = { name: 'adam', learningRate, beta1, beta2 } as const
  return { generator: adam, discriminator: adam }
}
