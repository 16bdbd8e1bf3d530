/**
 * Trains recipes that differ in one thing for several seeds, and prints what came of each as a row of a table:
 * `pnpm compare`. --of ablations|recipe; --steps 2000; --seeds 3; --from 0: the first seed; --only TEXT: rows whose name
 * holds it; --every STEPS: a row each time; --backend auto; --out FOLDER: a picture of each recipe's first seed.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { trainerOf } from '@gankit/cli'
import { mnist } from '@gankit/datasets'
import { digitFeatures, evaluate, featuresOf, imagesOfNumbers, realSideOfDataset } from '@gankit/metrics'
import { fileFigureStore } from '@gankit/metrics/node'
import { selectBackend } from '@gankit/runtime/node'
import { drawSamples, type Trainer } from '@gankit/trainer'
import { encodePng, tileGrid } from '@gankit/visualization'
import { app } from '../src/index.ts'
import { comparisons, type Variant } from './variants.ts'

const { values: flags } = parseArgs({
  options: {
    of: { type: 'string', default: 'ablations' },
    steps: { type: 'string', default: '2000' },
    seeds: { type: 'string', default: '3' },
    from: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
    every: { type: 'string' },
    backend: { type: 'string', default: 'auto' },
    threads: { type: 'string' },
    out: { type: 'string' },
  },
})
const steps = Number(flags.steps)
const every = Number(flags.every ?? steps)
const variants = comparisons[flags.of]?.(steps)
if (!variants)
  throw new RangeError(`--of is '${flags.of}', expected one of ${Object.keys(comparisons).join(', ')}`)

const { backend, threads } = await selectBackend({
  backend: flags.backend,
  ...(flags.threads && { threads: Number(flags.threads) }),
})
const digits = await mnist()
const extractor = await digitFeatures()
const real = await realSideOfDataset(digits, extractor, { store: fileFigureStore() })
const metrics = ['frechet', 'recall', 'coverage', 'confidence', 'rarest-class', 'commonest-class'] as const
type Row = Readonly<Record<(typeof metrics)[number], number>>

const say = (...cells: readonly unknown[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`)

process.stdout.write(`${backend}, ${threads} threads, ${real.count} fakes against ${real.count} digits\n`)
say('recipe', 'seed', 'images', ...metrics, 'D(real)', 'D(fake)', 'images/s')
say(...Array(metrics.length + 6).fill('---'))
for (const variant of variants.filter(({ name }) => name.includes(flags.only)))
  for (let seed = Number(flags.from); seed < Number(flags.from) + Number(flags.seeds); seed++)
    await train(variant, seed)
await real.save()

/** Trains one recipe with one seed, and prints a row every so many steps. */
async function train({ name, model, training }: Variant, seed: number): Promise<void> {
  const trainer = trainerOf(app, { model, training, seed }, digits)
  const batches = digits.batches({ size: training.batch, seed })
  let milliseconds = 0
  for (let to = every; to <= steps; to += every) {
    const began = performance.now()
    const { values } = await trainer.fit(batches, { steps: to })
    milliseconds += performance.now() - began
    const row = await measured(trainer, seed)
    const shown = metrics.map(metric => row[metric].toFixed(metric === 'frechet' ? 1 : 3))
    const perSecond = Math.round((1000 * to * training.batch) / milliseconds)
    const { dReal, dFake } = values!
    say(name, seed, to * training.batch, ...shown, dReal.toFixed(2), dFake.toFixed(2), perSecond)
  }
  if (flags.out && seed === Number(flags.from)) await picture(trainer, name, flags.out)
  await batches.return?.()
  trainer.gan.generator.dispose()
  trainer.gan.discriminator.dispose()
  trainer.dispose()
}

/** Draws what a run of this recipe would keep: with the moving average, where there is one. */
function drawn(trainer: Trainer, count: number, seed: number) {
  const draw = () => drawSamples(trainer.gan.generator, trainer.gan.latent, count, seed)
  return trainer.average ? trainer.average.during(draw) : draw()
}

async function measured(trainer: Trainer, seed: number): Promise<Row> {
  const { samples, sampleShape } = await drawn(trainer, real.count, seed)
  const fakes = () => featuresOf(imagesOfNumbers(samples, sampleShape), extractor)
  const { figures } = await evaluate({ real, fakes, metrics, seeds: [seed] })
  return Object.fromEntries(metrics.map(metric => [metric, figures[metric]!.value])) as Row
}

async function picture(trainer: Trainer, name: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const tiles = await drawn(trainer, 40, 0)
  const file = `${name.replaceAll(/[^\p{L}\d.]+/gu, '-')}.png`
  writeFileSync(join(folder, file), encodePng(tileGrid({ ...tiles, columns: 10 })))
}
