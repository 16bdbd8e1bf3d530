import { nonSaturating } from '@gankit/losses'
import {
  type CheckpointStore,
  checkpoints,
  createGanTrainer,
  hashWeights,
  indexedDbStore,
  loadCheckpoint,
  restoreSnapshot,
} from '@gankit/trainer'
import { setBackend } from '@tensorflow/tfjs'
import { storeContract } from '../../../../../trainer/test/checkpoint/store-contract.ts'
import { points, tinyGan } from '../../../../../trainer/test/tiny-gan.ts'
import { createCase } from '../../../suite/case.ts'
import { type Results, runCases } from '../../results.ts'

/** A task for a page or a worker with a database: check the contract of a store, list its checkpoints, or train. */
export type CheckpointTask =
  | { readonly contract: true }
  | { readonly list: string }
  | {
      /** The database. Where it has checkpoints, the run resumes from the newest. */
      readonly train: string
      /** The step at which the run ends; with `further`, that many steps after the one it resumes from. */
      readonly steps: number
      readonly further?: boolean
    }

export interface CheckpointAnswer {
  readonly results?: Results
  /** The steps of the checkpoints in the store at the end. */
  readonly steps?: readonly number[]
  /** The step at which the run began. */
  readonly from?: number
  readonly weightsSha256?: string
  /** Messages of damaged checkpoints that were passed over, and of failed writes. */
  readonly warnings?: readonly string[]
}

let step = 0

export const readStep = (): number => step

export async function answer(task: CheckpointTask): Promise<CheckpointAnswer> {
  await setBackend('cpu')
  if ('contract' in task) {
    const cases = storeContract.map(({ name, run }, i) =>
      createCase(name, () => run(indexedDbStore(`contract ${i}`))),
    )
    return { results: await runCases(cases) }
  }
  if ('list' in task) return { steps: await indexedDbStore(task.list).list() }
  return train(indexedDbStore(task.train), task.steps, task.further ?? false)
}

async function train(store: CheckpointStore, steps: number, further: boolean): Promise<CheckpointAnswer> {
  const warnings: string[] = []
  const trainer = createGanTrainer({
    gan: tinyGan({ discriminatorNorm: true, dropout: 0.3 }),
    objective: nonSaturating(),
    seed: 4,
    averageDecay: 0.9,
  })
  let batch = 0
  if ((await store.list()).length > 0) {
    const { snapshot } = await loadCheckpoint(store, { onDamaged: error => warnings.push(error.message) })
    restoreSnapshot(trainer, snapshot)
    batch = snapshot.state.positions['real']!.batch
  }
  const from = trainer.step
  const onError = (error: Error) => warnings.push(error.message)
  const callbacks = [checkpoints({ store, every: 5, onError })]
  for await (const event of trainer.run(points(8, { from: batch }), {
    steps: further ? from + steps : steps,
    callbacks,
  }))
    step = event.step
  return {
    steps: await store.list(),
    from,
    weightsSha256: await hashWeights(trainer.game.networks),
    warnings,
  }
}
