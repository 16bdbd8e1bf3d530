import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { nonSaturating } from '@gankit/losses'
import { expect, test } from 'vitest'
import {
  createGanTrainer,
  restoreSnapshot,
  type ScalarValues,
  takeSnapshot,
  tensorboard,
} from '../../src/index.ts'
import { eventFileWriter } from '../../src/node.ts'
import { scratch } from '../node/scratch.ts'
import { points, tinyGan } from '../tiny-gan.ts'
import { greyPng } from './tiny-png.ts'

const python = process.env['GANKIT_TENSORBOARD_PYTHON']
const leftOut = python ? '' : ' (left out: GANKIT_TENSORBOARD_PYTHON names no Python with tensorboard)'

interface Read {
  readonly scalars: Record<string, [step: number, value: number][]>
  readonly histograms: Record<string, [step: number, min: number, max: number, num: number, ...unknown[]][]>
  readonly images: Record<string, [step: number, width: number, height: number, png: string][]>
  readonly texts: Record<string, [step: number, text: string][]>
}

/** What TensorBoard's own reader finds in a folder. */
function read(folder: string): Read {
  const script = join(import.meta.dirname, '..', 'fixtures', 'read_events.py')
  const { status, stdout, stderr } = spawnSync(python!, [script, folder], { encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout)
}

test.skipIf(leftOut)(`TensorBoard reads a run that was resumed from an earlier step${leftOut}`, async () => {
  const folder = scratch()
  const gan = tinyGan()
  const png = greyPng(6, 4, 128)
  const scalarsAt = new Map<number, ScalarValues>()
  const part = async (from: number, trainer: ReturnType<typeof createGanTrainer>, steps: number) => {
    const file = eventFileWriter(folder)
    const draw = async () => ({ png, width: 6, height: 4 })
    const write = tensorboard({ write: file.write, every: 2, histogramEvery: 4, images: { every: 4, draw } })
    const batches = points(8, { from })
    for await (const event of trainer.run(batches, {
      steps,
      callbacks: [
        write,
        (event, run) => {
          if (event.type === 'step' && event.step === 3)
            run.emit({ type: 'finding', step: 3, name: 'oscillation', evidence: 'größer', advice: 'less' })
        },
      ],
    }))
      if (event.type === 'step') scalarsAt.set(event.step, await event.read())
    await file.close()
    return batches
  }
  const trainer = createGanTrainer({ gan, objective: nonSaturating(), seed: 1 })
  const snapshot = await takeSnapshot(trainer, { real: await part(0, trainer, 4) })
  await part(4, trainer, 10)
  restoreSnapshot(trainer, snapshot)
  // Other data, so that the scalars of steps 5 to 9 are others.
  await part(100, trainer, 9)

  const { scalars, histograms, images, texts } = read(folder)
  const series = (name: string) =>
    [2, 4, 6, 8, 9].map(step => [step, Math.fround(scalarsAt.get(step)![name]!)])
  expect(scalars['loss/D']).toEqual(series('discriminator/loss'))
  expect(scalars['loss/G']).toEqual(series('generator/loss'))
  expect(scalars['D(x)/real']).toEqual(series('discriminator/real'))
  expect(scalars['D(x)/fake']).toEqual(series('discriminator/fake'))
  expect(scalars['gradient/D']).toEqual(series('discriminator/gradient'))
  expect(scalars['gradient/G']).toEqual(series('generator/gradient'))
  expect(Object.keys(scalars).sort().at(-1)).toBe('speed/samples-per-second')
  expect(Object.keys(histograms).length).toBe(9)
  const kernel = [...gan.generator.layers[1]!.getWeights()[0]!.dataSync<'float32'>()]
  const last = histograms['generator/dense_1/kernel']!.at(-1)!
  expect(histograms['generator/dense_1/kernel']!.map(([step]) => step)).toEqual([0, 4, 8, 9])
  expect(last.slice(1, 4)).toEqual([Math.min(...kernel), Math.max(...kernel), 12])
  const base64 = Buffer.from(png).toString('base64')
  expect(images).toEqual({ samples: [0, 4, 8, 9].map(step => [step, 6, 4, base64]) })
  expect(texts).toEqual({ 'finding/oscillation': [[3, 'größer\n\nless']] })
})
