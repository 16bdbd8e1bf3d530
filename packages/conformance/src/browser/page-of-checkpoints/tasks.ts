import { nonSaturating } from '@gankit/losses'
import {
  type CheckpointStore,
  checkpoints,
  createTrainer,
  hashWeights,
  indexedDbStore,
  loadCheckpoint,
  restoreSnapshot,
} from '@gankit/trainer'
import { setBackend } from '@tensorflow/tfjs'
import { storeContract } from '../../../../trainer/test/checkpoint/store-contract.ts'
import { points, tinyGan } from '../../../../trainer/test/tiny-gan.ts'
import { caseOf } from '../../suite/case.ts'
import { type Results, runCases } from '../results.ts'

/** What a page or a worker can be asked to do with a database: hold the store's contract, or train. */
export type CheckpointTask =
  | { readonly contract: true }
  | { readonly list: string }
  | {
      /** The database, from whose newest checkpoint the run goes on where it has one. */
      readonly train: string
      /** Where the run ends. */
      readonly steps: number
    }

export interface CheckpointAnswer {
  readonly results?: Results
  /** The steps of the checkpoints that there are in the end. */
  readonly steps?: readonly number[]
  /** Where the run began. */
  readonly from?: number
  readonly weightsSha256?: string
  /** What was passed over, and what went wrong on the way. */
  readonly warnings?: readonly string[]
}

let step = 0

export const reached = (): number => step

export async function answer(task: CheckpointTask): Promise<CheckpointAnswer> {
  await setBackend('cpu')
  if ('contract' in task) {
    const cases = storeContract.map(({ name, run }, i) =>
      caseOf(name, () => run(indexedDbStore(`contract ${i}`))),
    )
    return { results: await runCases(cases) }
  }
  if ('list' in task) return { steps: await indexedDbStore(task.list).list() }
  return train(indexedDbStore(task.train), task.steps)
}

async function train(store: CheckpointStore, steps: number): Promise<CheckpointAnswer> {
  const warnings: string[] = []
  const trainer = createTrainer({
    gan: tinyGan({ discriminatorNorm: true, dropout: 0.3 }),
    objective: nonSaturating(),
    seed: 4,
    averageDecay: 0.9,
  })
  let batch = 0
  if ((await store.list()).length > 0) {
    const { snapshot } = await loadCheckpoint(store, { onDamaged: error => warnings.push(error.message) })
    restoreSnapshot(trainer, snapshot)
    batch = snapshot.state.position.batch
  }
  const from = trainer.step
  const onError = (error: Error) => warnings.push(error.message)
  const callbacks = [checkpoints({ store, every: 5, onError })]
  for await (const event of trainer.run(points(8, { from: batch }), { steps, callbacks })) step = event.step
  return { steps: await store.list(), from, weightsSha256: await hashWeights(trainer.gan), warnings }
}
