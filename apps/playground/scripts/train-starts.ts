/**
 * Writes src/games/trained/*.safetensors: networks that were trained on each of the page's data with its usual settings, for
 * those who want to begin with good ones. In this folder, with the page's own code and seed:
 *
 *   npx tsx --conditions=@gankit/source scripts/train-starts.ts [data …]
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { forward, latentNumbers, randomStream } from '@gankit/core'
import { selectBackend } from '@gankit/runtime/node'
import { takeSnapshot } from '@gankit/trainer'
import { encodeSafetensors } from '@gankit/trainer/checkpoints'
import * as tf from '@tensorflow/tfjs'
import { type BuiltGame, buildGame, disposeGame } from '../src/games/build-game.ts'
import { createData } from '../src/games/distributions.ts'
import { type Measures, measure } from '../src/games/measure.ts'
import { type DataName, defaultSettings, trainedData } from '../src/settings/game-settings.ts'

/** Between the least and the most steps the game is measured every so many, and the best networks are kept. */
const [least, most, every] = [2000, 6000, 250]

await selectBackend({ backend: 'wasm', threads: 1 })
const folder = new URL('../src/games/trained/', import.meta.url)
await mkdir(folder, { recursive: true })
const chosen = process.argv.slice(2)
for (const data of trainedData.filter(name => chosen.length === 0 || chosen.includes(name)))
  await trainStart(data)

async function trainStart(data: DataName): Promise<void> {
  const settings = defaultSettings(data)
  const game = buildGame(settings, createData(settings)!)
  let best: { js: number; step: number; file: Uint8Array; measures: Measures } | undefined
  for (let step = least; step <= most; step += every) {
    await game.trainer.fit(game.batches, { steps: step })
    const measures = measureGame(game)
    const js = measures.divergences!.js.value
    if (best && best.js <= js) continue
    const { arrays } = await takeSnapshot(game.trainer, {})
    const weights = new Map([...arrays].filter(([name]) => /^(generator|discriminator)\//.test(name)))
    best = { js, step, file: encodeSafetensors(weights), measures }
  }
  const { step, file, measures } = best!
  await writeFile(new URL(`${data}.safetensors`, folder), file)
  const { modes, divergences } = measures
  const { js } = divergences!
  const covered = modes ? `, ${modes.covered} of ${modes.total} modes` : ''
  process.stdout.write(
    `${data}: step ${step}, JS ${js.value.toFixed(3)} (${js.floor.toFixed(3)} for real samples)${covered}, ${file.length} bytes\n`,
  )
  disposeGame(game)
}

function measureGame({ gan, data }: BuiltGame): Measures {
  const count = 4000
  const latents = latentNumbers(gan.latent, count, randomStream(0, 'playground/trained'))
  const fakes = tf.tidy(() =>
    forward(gan.generator, tf.tensor2d(latents, [count, gan.latent.size])).dataSync<'float32'>(),
  )
  return measure(fakes, data.distribution)
}
