import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Batches, type Gan, randomStream } from '@gankit/core'
import { eventLines } from '@gankit/experiment'
import { openRunDirectory } from '@gankit/experiment/node'
import { nonSaturating } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import {
  adam,
  algorithm1,
  type Callback,
  checkpoints,
  createGanTrainer,
  doctor,
  type Game,
  progress,
  samples,
} from '@gankit/trainer'
import { fileStore } from '@gankit/trainer/node'
import { encodePng, tileGrid } from '@gankit/visualization'
import * as tf from '@tensorflow/tfjs'
import { findWorkload, models } from './models.ts'
import { type StepOptions, sameBatch } from './step.ts'

export interface CostOptions extends Pick<StepOptions, 'model' | 'base' | 'batch' | 'backend' | 'threads'> {
  /** Steps of one block; blocks of both kinds take turns. */
  readonly steps: number
  readonly blocks: number
}

/**
 * What the trainer and the callbacks that the command takes by default cost beside bare steps: losses, gradients and
 * optimizers alone. Blocks of both take turns, so that both see the same machine.
 */
export async function timeTrainer(options: CostOptions): Promise<void> {
  const { backend, threads } = await selectBackend({ ...options, workload: findWorkload(options.model) })
  const { steps, blocks } = options
  const kinds = { bare: bare(options), trainer: trained(options, false), callbacks: trained(options, true) }
  for (const block of Object.values(kinds)) await block(5)
  const times: Record<string, number[]> = {}
  for (let i = 0; i < blocks; i++)
    for (const [kind, block] of turned(Object.entries(kinds), i)) {
      const began = performance.now()
      await block(steps)
      times[kind] = [...(times[kind] ?? []), (performance.now() - began) / steps]
    }
  console.log(`${options.model}, batch ${options.batch}, ${backend}, threads: ${threads}`)
  for (const [kind, each] of Object.entries(times)) {
    // Blocks of one round stand beside one another: their ratio sees the same moment of the machine.
    const ratios = each.map((time, round) => time / times['bare']![round]!)
    console.log(
      `${kind.padEnd(9)}  ${median(each).toFixed(2)} ms a step, over bare: ${percent(median(ratios))} by the median block, ${percent(sum(each) / sum(times['bare']!))} altogether`,
    )
  }
}

type Block = (steps: number) => Promise<void>

function setUp({ model, base, batch }: CostOptions): { gan: Gan; batches: Batches } {
  const gan = models[model](base)
  return { gan, batches: sameBatch(batch, gan.sampleShape) }
}

/** Nothing but mathematics: each update's gradients, applied. */
function bare(options: CostOptions): Block {
  const { gan, batches: data } = setUp(options)
  const optimizers = { generator: adam(), discriminator: adam() }
  const game: Game = algorithm1({ gan, objective: nonSaturating(), optimizers })
  let step = 0
  return async steps => {
    for (const last = step + steps; step < last; step++) {
      const real = (await data.next()).value.samples as tf.Tensor
      const batches = { real: { samples: real } }
      for (const update of game.rounds(step).flat()) {
        const random = (purpose: string) => randomStream(0, `${update.player}/${purpose}`, step)
        const context = { step, batchSize: options.batch, batches, shared: {}, random }
        const { weights, optimizer } = game.players[update.player]!
        const names = new Map([...weights].map(([name, weight]) => [weight.name, name]))
        const { value, grads } = tf.variableGrads(() => update.loss(context).loss, [...weights.values()])
        value.dispose()
        const gradients = new Map(Object.entries(grads).map(([name, grad]) => [names.get(name)!, grad]))
        optimizer.apply(weights, gradients)
        for (const gradient of gradients.values()) gradient.dispose()
      }
      real.dispose()
    }
    await wait(gan)
  }
}

function trained(options: CostOptions, withCallbacks: boolean): Block {
  const { gan, batches } = setUp(options)
  const trainer = createGanTrainer({ gan, objective: nonSaturating() })
  const folder = mkdtempSync(join(tmpdir(), 'gankit-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const callbacks = withCallbacks ? defaults(folder, gan) : []
  // One run, which stands between blocks: what it does at its start and end is not the cost of a step.
  const run = trainer.run(batches, { until: () => false, callbacks, guard: withCallbacks ? {} : false })
  return async steps => {
    const last = trainer.step + steps
    while (trainer.step < last) await run.next()
    await wait(gan)
  }
}

/** What `gankit train` watches a run with. */
function defaults(folder: string, { sampleShape }: Gan): Callback[] {
  const opening = openRunDirectory(folder)
  const real = async () => (await sameBatch(512, sampleShape).next()).value.samples as tf.Tensor
  return [
    doctor({ objective: nonSaturating(), real }),
    samples({
      every: 1000,
      show: async ({ samples, ...rest }, step) =>
        (await opening).saveSamples(
          step,
          encodePng(tileGrid({ ...rest, samples: Float32Array.from(samples), scale: 2 })),
        ),
    }),
    checkpoints({ store: fileStore(folder), every: 500 }),
    progress({ output: { write: () => true } }),
    eventLines({ write: async line => (await opening).appendEvent(line) }),
  ]
}

/** Waits for backends that only queue their work. */
async function wait({ generator }: Gan): Promise<void> {
  await generator.weights[0]!.read().data()
}

/** Another kind begins each round, so that none always comes after the same one. */
function turned<Kind>(kinds: readonly Kind[], by: number): Kind[] {
  return kinds.map((_, i) => kinds[(i + by) % kinds.length]!)
}

const percent = (ratio: number): string => `${(100 * (ratio - 1)).toFixed(1)}%`
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
