import { type Batch, type Batches, disposeBatch, GankitError, randomStream } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import { findNonFinite, type NonFinite } from '../run/guard.ts'
import type { Game, ReduceGradients, Update, UpdateContext } from './game.ts'
import { applyUpdate, type ComputedUpdate, computeUpdate, dropGradients } from './update.ts'

/** The streams of data that a game is trained on, by their names. */
export type DataStreams = Readonly<Record<string, Batches>>

export interface StepOptions {
  readonly seed: number
  /** Steps taken before this one. */
  readonly step: number
  /** Rollbacks so far; they are part of the random streams, so that a retry draws anew. */
  readonly rollbacks: number
  readonly reduceGradients: ReduceGradients | undefined
  /** Whether nothing is applied where a loss or a gradient is not finite. */
  readonly guarded: boolean
}

export interface StepResult {
  /** 'discriminator/loss' and so on, of each player's last update; the caller disposes of them. */
  readonly scalars: ReadonlyMap<string, tf.Scalar>
  /** Samples in the batches that were taken. */
  readonly samples: number
  /** Why the step was not taken to its end. */
  readonly nonFinite?: NonFinite
}

/**
 * One step of a game: round after round, in each of which all gradients are computed before any is applied. Its random
 * numbers are a function of seed, rollbacks, player and step.
 */
export async function takeStep(game: Game, data: DataStreams, options: StepOptions): Promise<StepResult> {
  const scalars = new Map<string, tf.Scalar>()
  const batches = new StepBatches(data, options.step)
  const shared = new Map<string, tf.Tensor>()
  let index = 0
  try {
    for (const round of game.rounds(options.step)) {
      const computed: ComputedUpdate[] = []
      for (const update of round) {
        const random = randomOfUpdate(update, options, options.step * game.updatesPerStep + index++)
        const context = await prepareContext(update, batches, shared, { step: options.step, random })
        computed.push(
          await computeUpdate(update, game.players[update.player]!, context, options.reduceGradients),
        )
        share(shared, computed.at(-1)!.shared)
      }
      const added = new Map<string, tf.Scalar>()
      for (const { update, scalars: own } of computed)
        for (const [name, scalar] of own) added.set(`${update.player}/${name}`, scalar)
      const nonFinite = options.guarded
        ? await findNonFinite(Object.keys(game.players), async name => (await added.get(name)?.data())?.[0])
        : undefined
      for (const each of computed) nonFinite ? dropGradients(each) : applyUpdate(each)
      for (const [name, scalar] of added) {
        scalars.get(name)?.dispose()
        scalars.set(name, scalar)
      }
      if (nonFinite) return { scalars, samples: batches.samples, nonFinite }
    }
    return { scalars, samples: batches.samples }
  } finally {
    batches.dispose()
    for (const tensor of shared.values()) tensor.dispose()
  }
}

/** The batches of one step: the last one of each stream, until the step ends. */
class StepBatches {
  /** Samples in all batches that were taken. */
  samples = 0
  /** Samples in the batch that was taken last. */
  size = 0
  private readonly current = new Map<string, Batch>()
  private readonly data: DataStreams
  private readonly step: number

  constructor(data: DataStreams, step: number) {
    this.data = data
    this.step = step
  }

  /** @throws GankitError where the stream has ended */
  async next(stream: string): Promise<Batch> {
    const next = await this.data[stream]!.next()
    if (next.done)
      throw new GankitError(
        'trainer',
        'data',
        `the batches of '${stream}' ended at step ${this.step}: make them without \`epochs\`, or stop earlier`,
      )
    this.drop(stream)
    this.current.set(stream, next.value)
    this.size = next.value.samples.shape[0]!
    this.samples += this.size
    return next.value
  }

  async latest(stream: string): Promise<Batch> {
    return this.current.get(stream) ?? this.next(stream)
  }

  private drop(stream: string): void {
    const batch = this.current.get(stream)
    if (batch) disposeBatch(batch)
    this.current.delete(stream)
  }

  dispose(): void {
    for (const stream of [...this.current.keys()]) this.drop(stream)
  }
}

async function prepareContext(
  update: Update,
  batches: StepBatches,
  shared: Map<string, tf.Tensor>,
  { step, random }: Pick<UpdateContext, 'step' | 'random'>,
): Promise<UpdateContext> {
  const own: Record<string, Batch> = {}
  for (const stream of update.nextBatches ?? []) own[stream] = await batches.next(stream)
  for (const stream of update.currentBatches ?? []) own[stream] ??= await batches.latest(stream)
  const contextNow = (): UpdateContext => ({
    step,
    batchSize: batches.size,
    batches: own,
    shared: Object.fromEntries(shared),
    random,
  })
  if (update.prepare) share(shared, await update.prepare(contextNow()))
  return contextNow()
}

/** Takes tensors over. Those of the same names before go. */
function share(shared: Map<string, tf.Tensor>, added: Readonly<Record<string, tf.Tensor>>): void {
  for (const [name, tensor] of Object.entries(added)) {
    shared.get(name)?.dispose()
    shared.set(name, tensor)
  }
}

function randomOfUpdate({ player }: Update, { seed, rollbacks }: StepOptions, update: number) {
  const again = rollbacks > 0 ? `again-${rollbacks}/` : ''
  return (purpose: string) => randomStream(seed, `trainer/${again}${player}/${purpose}`, update)
}
