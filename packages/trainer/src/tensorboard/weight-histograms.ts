import { type Gan, trainableWeights } from '@gankit/core'
import type { SummaryValue } from './event.ts'
import { histogramOf } from './histogram.ts'

/** A histogram of every trainable weight of both networks, each read back once, under 'generator/<name>' and so on. */
export async function weightHistograms({ generator, discriminator }: Gan): Promise<SummaryValue[]> {
  const values: SummaryValue[] = []
  for (const [player, model] of Object.entries({ generator, discriminator }))
    for (const [name, weight] of trainableWeights(model)) {
      const histogram = histogramOf(await weight.data<'float32'>())
      if (histogram) values.push({ tag: `${player}/${name}`, histogram })
    }
  return values
}
