/**
 * Trains the recipes of docs/mode-coverage.md for several seeds and prints what they cover: `npm run cover-modes`.
 * --of ring|grid: one of them; --seeds 5; --from 0: the first seed; --threads 1; --backend wasm; --out FOLDER: a picture of
 * each run's samples; --steps N: another length.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Distribution, uniformPrior } from '@gankit/core'
import { distributionDataset, grid, ring } from '@gankit/datasets'
import { createObjective, type ObjectiveSettings } from '@gankit/losses'
import { selectBackend } from '@gankit/runtime/node'
import { createOptimizer, createTrainer, drawSamples, type OptimizerSettings } from '@gankit/trainer'
import { createVanillaGan, type VanillaGanOptions } from '@gankit/vanilla-gan'
import { encodePng, scatterPlot } from '@gankit/visualization'
import { divergences, modesCovered } from '../src/index.ts'

/** Plain data but for the distribution, so that it can be a preset. */
interface Recipe {
  /** The usual one, made smaller so that all of it is within G's [−1, 1]. */
  readonly distribution: Distribution
  readonly model: VanillaGanOptions
  readonly training: {
    readonly steps: number
    readonly batch: number
    readonly objective: ObjectiveSettings
    readonly optimizers: { readonly generator: OptimizerSettings; readonly discriminator: OptimizerSettings }
    readonly averageDecay: number
  }
}

const samples = 10_000

const say = (line: string) => process.stdout.write(`${line}\n`)

const { values: flags } = parseArgs({
  options: {
    of: { type: 'string' },
    seeds: { type: 'string', default: '5' },
    from: { type: 'string', default: '0' },
    threads: { type: 'string', default: '1' },
    backend: { type: 'string', default: 'wasm' },
    steps: { type: 'string' },
    out: { type: 'string' },
  },
})

const recipe = (distribution: Distribution, steps: number): Recipe => {
  const adam: OptimizerSettings = {
    name: 'adam',
    learningRate: { name: 'cosine', from: 2e-3, to: 4e-5, updates: steps },
    beta1: 0.5,
    beta2: 0.99,
  }
  return {
    distribution,
    model: {
      sampleShape: [2],
      latent: { size: 2, prior: uniformPrior(-Math.sqrt(3), Math.sqrt(3)) },
      generator: { kind: 'mlp', hidden: [128, 128, 128], batchNormalization: false },
      discriminator: { hidden: [128, 128, 128], initialization: { name: 'normal', std: 0.25 } },
    },
    training: {
      steps,
      batch: 128,
      objective: {
        name: 'relativistic',
        penalties: [
          { name: 'r1', gamma: 0.003 },
          { name: 'r2', gamma: 0.003 },
        ],
      },
      optimizers: { generator: adam, discriminator: adam },
      averageDecay: 0.998,
    },
  }
}

const chooseSteps = (usual: number) => Number(flags.steps ?? usual)
const recipes: Readonly<Record<string, Recipe>> = {
  ring: recipe(ring({ radius: 0.8, std: 0.008 }), chooseSteps(14_000)),
  grid: recipe(grid({ spacing: 0.4, std: 0.01 }), chooseSteps(14_000)),
}

async function train({ distribution, model, training }: Recipe, seed: number): Promise<Float32Array> {
  const gan = createVanillaGan({ ...model, seed })
  const trainer = createTrainer({
    gan,
    objective: createObjective(training.objective),
    optimizers: {
      generator: createOptimizer(training.optimizers.generator),
      discriminator: createOptimizer(training.optimizers.discriminator),
    },
    averageDecay: training.averageDecay,
    seed,
  })
  const batches = distributionDataset(distribution, { seed }).batches({ size: training.batch, seed })
  await trainer.fit(batches, { steps: training.steps })
  const drawn = await trainer.average!.during(() => drawSamples(gan.generator, gan.latent, samples, seed))
  trainer.dispose()
  gan.generator.dispose()
  gan.discriminator.dispose()
  return drawn.samples
}

const { backend } = await selectBackend({ backend: flags.backend, threads: Number(flags.threads) })
say(`${backend}, ${flags.threads} threads, ${samples} samples of G's moving average`)
say(
  '| data | seed | modes | fairly | within 3 std | KL real‖G | KL G‖real | JS (floor) | seconds | CPU seconds |',
)
say('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |')
for (const [name, chosen] of Object.entries(recipes)) {
  if (flags.of && flags.of !== name) continue
  for (let seed = Number(flags.from); seed < Number(flags.from) + Number(flags.seeds); seed++) {
    const [began, cpu] = [performance.now(), process.cpuUsage()]
    const points = await train(chosen, seed)
    const seconds = (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage(cpu)
    const { distribution } = chosen
    const modes = modesCovered(points, distribution)
    const { forward, reverse, js, floor } = divergences(points, distribution)
    const cells = [
      name,
      seed,
      `${modes.covered}/${modes.total}`,
      `${modes.fairlyCovered}/${modes.total}`,
      `${(100 * modes.share).toFixed(1)}%`,
      forward.toFixed(2),
      reverse.toFixed(2),
      `${js.toFixed(3)} (${floor.js.toFixed(3)})`,
      seconds.toFixed(0),
      ((user + system) / 1e6).toFixed(0),
    ]
    say(`| ${cells.join(' | ')} |`)
    if (!flags.out) continue
    mkdirSync(flags.out, { recursive: true })
    const { extent } = distribution
    writeFileSync(
      join(flags.out, `${name}-${seed}.png`),
      encodePng(scatterPlot({ points, dimensions: 2, extent })),
    )
  }
}
