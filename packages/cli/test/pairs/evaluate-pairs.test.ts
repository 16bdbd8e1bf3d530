import { existsSync, readFileSync } from 'node:fs'
import { splitPairs } from '@gankit/experiment'
import { readRun } from '@gankit/experiment/node'
import { drawSamples } from '@gankit/inference'
import { openGenerator } from '@gankit/inference/node'
import { beforeAll, expect, test } from 'vitest'
import { hooks } from '../apps/tiny-pairs/app.ts'
import { gankit, refusal } from '../gankit.ts'
import { useProject } from '../project.ts'
import { levelOf, writePairs } from './write-pairs.ts'

// An app that learns from pairs says how its outputs are measured beside their targets.
useProject('shared')

const count = 40
const parts = splitPairs(count)!
const data = ['--data', 'input=pairs/input', '--data', 'target=pairs/target'] as const
const train = ['train', 'tiny-pairs', ...data, '--backend', 'cpu', '--seed', '1'] as const
const levels = (indices: Uint32Array) => [...indices].map(i => levelOf(i, count)).sort((a, b) => a - b)

beforeAll(() => writePairs('pairs', count))

/** The mean of 10 log₁₀(4 / MSE) of colors in [−1, 1], without the outermost pixels, where a target is gray but for its tint. */
async function computePsnr(folder: string, indices: Uint32Array): Promise<number> {
  const generator = await openGenerator(folder)
  const inputs = Float32Array.from([...indices].flatMap(i => Array(64).fill(levelOf(i, count) / 127.5 - 1)))
  const { samples } = await drawSamples(generator, indices.length, 0, { condition: inputs })
  generator.dispose()
  const values = [...indices].map((index, n) => {
    let sum = 0
    for (let y = 1; y < 7; y++)
      for (let x = 1; x < 7; x++)
        for (let c = 0; c < 3; c++) {
          const target = (levelOf(index, count) + 12 - 12 * c) / 127.5 - 1
          const output = samples[n * 192 + (y * 8 + x) * 3 + c]!
          sum += (Math.min(1, Math.max(-1, output)) - target) ** 2
        }
    return 10 * Math.log10(4 / (sum / 108))
  })
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

test('training sees none of the pairs that choose the best step, nor those of an evaluation', async () => {
  const seen = new Set<number>()
  hooks.seeInputs = inputs => {
    const values = inputs.dataSync()
    for (let i = 0; i < values.length; i += 64) seen.add(Math.round((values[i]! + 1) * 127.5))
  }
  const { code, err, out } = await gankit(
    ...train,
    '--steps',
    '60',
    '--evaluate-every',
    '20',
    '--out',
    'run',
    '--json',
  )
  hooks.seeInputs = () => {}
  expect(code, err).toBe(0)
  expect(err).toContain(
    "4 of 40 pairs are held out: 2 to choose the best step by, as many for 'gankit evaluate'",
  )
  expect([...seen].sort((a, b) => a - b)).toEqual(levels(parts.training))
  expect(JSON.parse(readFileSync('run/config.json', 'utf8')).streams.target.dataset).toEqual({
    size: 40,
    sampleShape: [8, 8, 3],
    heldOut: 4,
  })

  const { evaluations } = await readEvaluations('run')
  expect(evaluations.map(({ step }) => step)).toEqual([20, 40, 60])
  const last = evaluations.at(-1)!
  expect(Object.keys(last.metrics)).toEqual(['psnr-y', 'psnr-rgb'])
  expect(last.metrics['psnr-rgb']).toEqual({
    value: expect.closeTo(await computePsnr('run/model', parts.validation), 3),
    better: 'more',
    floor: null,
  })
  expect(last.best!.metric).toBe('psnr-y')
  expect(last.best!.value).toBe(Math.max(...evaluations.map(({ metrics }) => metrics['psnr-y']!.value)))
  expect(existsSync('run/best/model.json')).toBe(true)
  expect(JSON.parse(out).app).toBe('tiny-pairs')
})

async function readEvaluations(run: string) {
  const records = readFileSync(`${run}/events.jsonl`, 'utf8').trim().split('\n')
  await readRun(run)
  const evaluations = records.map(line => JSON.parse(line)).filter(({ type }) => type === 'metrics')
  return {
    evaluations: evaluations as {
      step: number
      metrics: Record<string, { value: number }>
      best?: { metric: string; value: number }
    }[],
  }
}

test('a run is evaluated on pairs that no choice was made by', async () => {
  const { code, err, out } = await gankit('evaluate', 'run', '--backend', 'cpu', '--json')
  expect(code, err).toBe(0)
  const result = JSON.parse(out)
  expect(result).toMatchObject({ extractor: null, count: 2, seeds: [0], skipped: {}, verdict: null })
  expect(Object.keys(result.metrics)).toEqual(['psnr-y', 'psnr-rgb'])
  expect(result.metrics['psnr-rgb']).toMatchObject({
    value: expect.closeTo(await computePsnr('run/model', parts.test), 3),
    crop: 1,
    unit: 'dB',
    nReal: 2,
  })
  const one = await gankit(
    'evaluate',
    'run',
    '--backend',
    'cpu',
    '--best',
    '--metrics',
    'psnr-y',
    '--count',
    '2',
  )
  expect(one.code, one.err).toBe(0)
  expect(one.out).toMatch(
    /outputs of 2 inputs that training never saw, beside their targets \(target: folder:/,
  )
  expect(one.out).toMatch(/psnr-y +\d+\.\d+ dB +– +more/)
})

test.each<[words: string[], message: string]>([
  [['evaluate', 'run', '--metrics', 'beauty'], "--metrics names 'beauty', expected some of psnr-y, psnr-rgb"],
  [['evaluate', 'run', '--against', 'embedded'], '--against is given, and run learned from pairs'],
  [['evaluate', 'run', '--count', '3'], '--count is 3 and run has 2 pairs that were held out'],
  [
    ['train', 'tiny-pairs', ...data, '--best-by', 'recall', '--evaluate-every', '5', '--out', 'none'],
    "--best-by names 'recall', expected one of psnr-y, psnr-rgb",
  ],
])('%o is refused', async (words, message) => {
  expect(await refusal(...words, '--backend', 'cpu')).toContain(message)
  expect(existsSync('none')).toBe(false)
})

test('too few pairs train, and are not measured', async () => {
  writePairs('three', 3)
  const three = ['--data', 'input=three/input', '--data', 'target=three/target', '--backend', 'cpu']
  const words = ['train', 'tiny-pairs', ...three, '--steps', '1', '--out', 'few']
  expect(await refusal(...words, '--evaluate-every', '1')).toContain(
    'tiny-pairs has 3 pairs, expected at least 4',
  )
  const { code, err } = await gankit(...words)
  expect(code, err).toBe(0)
  expect(err).toContain('3 pairs are too few to hold some out')
  expect(await refusal('evaluate', 'few', '--backend', 'cpu')).toContain(
    'few learned from all of its 3 pairs',
  )
})
