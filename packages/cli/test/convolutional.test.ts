import { existsSync } from 'node:fs'
import { selectGenerator } from '@gankit/core'
import { createDcgan } from '@gankit/dcgan'
import { saveGenerator } from '@gankit/inference/node'
import { expect, test } from 'vitest'
import { gankit } from './gankit.ts'
import { useProject } from './project.ts'

useProject()

test('a generator with layers that TensorFlow.js lacks is drawn from by the command alone', async () => {
  const gan = createDcgan({
    imageShape: [16, 16, 1],
    base: 4,
    latent: { size: 5 },
    normalization: { generator: 'pixel' },
    selfAttention: true,
  })
  await saveGenerator('model', selectGenerator(gan))
  const sampled = await gankit('sample', 'model', '--count', '4', '--out', 'four.png')
  expect(sampled).toMatchObject({ code: 0, err: '' })
  expect(existsSync('four.png')).toBe(true)
  // A page has TensorFlow.js's layers only.
  const exported = await gankit('export', 'model', '--to', 'html', '--out', 'page.html')
  expect(exported.code).toBe(2)
  expect(exported.err).toMatch(/^\[gankit\/inference\] the generator has a layer @gankit\/layers>.+\n$/)
  expect(existsSync('page.html')).toBe(false)
})

test('the generator that comes with the app draws at once, and becomes a page', async () => {
  const drawn = await gankit('sample', 'dcgan-mnist', '--count', '16', '--out', 'digits.png')
  expect(drawn).toMatchObject({ code: 0, err: '' })
  const page = await gankit('export', 'dcgan-mnist', '--to', 'html', '--out', 'digits.html')
  expect(page).toMatchObject({ code: 0, err: '' })
  const words = [
    'evaluate',
    'dcgan-mnist',
    '--count',
    '500',
    '--seeds',
    '1',
    '--metrics',
    'confidence,coverage',
    '--json',
  ]
  const { metrics } = JSON.parse((await gankit(...words)).out)
  // Measured with 5,000: 0.955 and 0.86.
  expect(metrics.confidence.value).toBeGreaterThan(0.93)
  expect(metrics.coverage.value).toBeGreaterThan(0.75)
})

test('gankit summary: an app’s networks, a run’s, and what is neither', async () => {
  const full = await gankit('summary', 'dcgan-mnist', '--preset', 'full', '--batch', '32')
  expect(full).toMatchObject({ code: 0, err: '' })
  // By hand: 100·7·7·128 weights from the latent, 25·128·64 of the first transposed convolution.
  expect(full.out).toMatch(/^dense +6272 +627,200 +627 k$/m)
  expect(full.out).toMatch(/^up_1_conv +14×14×64 +204,800 +10\.0 M$/m)
  expect(full.out).toMatch(/^a step of 32: .+ multiply-adds, without penalties$/m)

  const words = ['train', 'dcgan-mnist', '--steps', '1', '--batch', '2', '--latent', '3', '--out', 'run']
  expect((await gankit(...words)).code).toBe(0)
  const ofRun = JSON.parse((await gankit('summary', 'run', '--json')).out)
  expect(ofRun).toMatchObject({ app: 'dcgan-mnist', preset: 'quick', batch: 2 })
  expect(ofRun.generator.layers[0]).toMatchObject({ name: 'dense', parameters: 3 * 7 * 7 * 64 })

  for (const [words, message] of [
    [['summary', 'nothing'], "app is 'nothing', expected one of: "],
    [
      ['summary', 'dcgan-mnist', '--preset', 'huge'],
      "preset of dcgan-mnist is 'huge', expected one of: quick, full",
    ],
    [['summary', 'run', '--preset', 'full'], "--preset is 'full', but run was trained with quick"],
  ] as const) {
    const refused = await gankit(...words)
    expect(refused.code).toBe(2)
    expect(refused.err).toContain(message)
  }
})
