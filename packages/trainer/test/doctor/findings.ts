import type { Gan } from '@gankit/core'
import { nonSaturating } from '@gankit/losses'
import {
  adam,
  createGanTrainer,
  type DoctorOptions,
  doctor,
  type FindingEvent,
  type GanTrainerOptions,
} from '../../src/index.ts'
import { batchesOf, ringPoints } from './ring.ts'

export const batch = 32

export const rates = (
  generator: number,
  discriminator: number,
): NonNullable<GanTrainerOptions['optimizers']> => ({
  generator: adam({ learningRate: generator, beta1: 0.5 }),
  discriminator: adam({ learningRate: discriminator, beta1: 0.5 }),
})

/** What the doctor finds in a run. */
export async function findings(
  steps: number,
  training: Partial<GanTrainerOptions> & { readonly gan: Gan },
  options: DoctorOptions = {},
  {
    points = step => ringPoints(batch, step),
    guard = true,
  }: { readonly points?: (step: number) => Float32Array; readonly guard?: boolean } = {},
): Promise<FindingEvent[]> {
  const trainer = createGanTrainer({ objective: nonSaturating(), optimizers: rates(1e-3, 1e-3), ...training })
  const callback = doctor({
    ...(training.objective && { objective: training.objective }),
    real: () => ringPoints(512, 1e6),
    ...options,
  })
  const found: FindingEvent[] = []
  const run = trainer.run(batchesOf(batch, points), {
    steps,
    callbacks: [callback],
    ...(!guard && { guard }),
  })
  for await (const event of run) if (event.type === 'finding') found.push(event)
  trainer.dispose()
  return found
}

export const namesOf = (found: readonly FindingEvent[]): string[] => found.map(({ name }) => name)
