import type { Batch } from '@gankit/core'
import { openDataset } from '@gankit/datasets/node'
import { splitPairs } from '@gankit/experiment'
import { loadApp } from '@gankit/experiment/node'
import { drawSamples } from '@gankit/inference'
import { openGenerator } from '@gankit/inference/node'
import { expect, test } from 'vitest'
import { gankit, refusal } from '../gankit.ts'
import { useProject } from '../project.ts'

// What a segmenter sees in faces that were made of drawings, beside what it sees in the real ones.
useProject('shared')

const [spec, count] = ['cartoon:80', 4]

/** The share of pixels that have the same color in both. */
function agreement(some: Float32Array, others: Float32Array): number {
  let same = 0
  for (let i = 0; i < some.length; i += 3)
    if ([0, 1, 2].every(c => Math.abs(some[i + c]! - others[i + c]!) < 0.01)) same += 1
  return same / (some.length / 3)
}

const onWasm = ['--backend', 'wasm'] as const

async function readTest(drawing?: 'edges'): Promise<Float32Array> {
  const all = await openDataset(spec, { size: 64, ...(drawing && { drawing }) })
  const part = all.select!(splitPairs(all.size)!.test.subarray(0, count))
  const batch = (await part.batches({ size: count, shuffle: false }).next()).value as Batch
  return batch.samples.data<'float32'>() as Promise<Float32Array>
}

test('the segmenter that ships says what faces from drawings show', async () => {
  const data = ['input', 'target'].flatMap(stream => ['--data', `${stream}=${spec}`])
  const trained = await gankit('train', 'edges-to-faces', ...data, '--steps', '1', ...onWasm, '--out', 'run')
  expect(trained.code, trained.err).toBe(0)
  const { code, out, err } = await gankit('evaluate', 'run', '--metrics', 'fcn-score', '--json', ...onWasm)
  expect(code, err).toBe(0)
  const { metrics } = JSON.parse(out)

  const translate = async (folder: string, pictures: Float32Array) => {
    const opened = await openGenerator(folder)
    const { samples } = await drawSamples(opened, count, 0, { condition: pictures })
    opened.dispose()
    return samples as Float32Array
  }
  const faces = await translate('run/model', await readTest('edges'))
  const segmenter = (await loadApp('segmentation')).generator!
  const [seen, real] = [await translate(segmenter, faces), await translate(segmenter, await readTest())]
  // A pixel between two labels may get the color of neither, which counts as the nearest one.
  expect(metrics['fcn-score'].value).toBeCloseTo(agreement(seen, real), 2)
  expect(metrics['fcn-score']).toMatchObject({ floor: 1, unit: 'share', better: 'more' })
})

test('a segmenter that makes no label maps is refused in words', async () => {
  const refused = await refusal('evaluate', 'edges-to-faces', '--segmenter', 'super-resolution')
  expect(refused).toContain(
    "--segmenter is 'super-resolution', which makes no label maps, expected a run or an app whose outputs are labels, such as segmentation",
  )
})
