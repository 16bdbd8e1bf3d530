import { mnist } from '@gankit/datasets'
import { type ObjectiveName, objectives } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { createGanTrainer } from '@gankit/trainer'
import { architectures, createVanillaGan } from '@gankit/vanilla-gan'

/** Trains the same net from the same weights with every objective, and shows what D thinks of its fakes over time. */
export async function compareObjectives({ steps }: { steps: number }): Promise<void> {
  await selectBackend()
  const digits = await mnist()
  const table: Record<string, Record<string, string>> = {}
  for (const name of Object.keys(objectives) as ObjectiveName[]) {
    const trainer = createGanTrainer({
      gan: createVanillaGan({ ...architectures.light, seed: 1 }),
      objective: objectives[name](),
      seed: 1,
    })
    const row: Record<string, string> = {}
    const lookAt = [1, steps / 20, steps / 4, steps].map(Math.round)
    for await (const event of trainer.run(digits.batches({ size: 32, seed: 1 }), { steps }))
      if (event.type === 'step' && lookAt.includes(event.step)) {
        const values = await event.read()
        const [real, fake] = [values['discriminator/real']!, values['discriminator/fake']!]
        row[`step ${event.step}`] = `${real.toFixed(2)} / ${fake.toFixed(4)}`
      }
    table[name] = row
    trainer.dispose()
  }
  console.log('D(real) / D(fake), Adam 2e-4, batch 32, architecture light, seed 1')
  console.table(table)
}
