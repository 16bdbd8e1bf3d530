import { readFileSync } from 'node:fs'
import { beforeEach, expect, test, vi } from 'vitest'

const log = vi.spyOn(console, 'log').mockImplementation(() => {})
beforeEach(() => log.mockClear())

test('Algorithm 1 in one file learns the distribution of the data', async () => {
  const { distances } = await import('../algorithm1.ts')
  expect(distances[0]).toBeGreaterThan(2)
  expect(distances.at(-1)).toBeLessThan(0.4)
  expect(log.mock.calls.at(-1)![0]).toMatch(/^step 1000: D \d\.\d{3}, G \d\.\d{3}, distance 0\.\d\d$/)
})

test('it fits into 100 lines and imports TensorFlow.js alone', () => {
  const text = readFileSync(`${import.meta.dirname}/../algorithm1.ts`, 'utf8')
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(100)
  expect(text.match(/^import .*$/gm)).toEqual(["import * as tf from '@tensorflow/tfjs'"])
})

test('with packages it covers every mode of the ring', async () => {
  const { coverage } = await import('../algorithm1-with-packages.ts')
  expect(coverage.covered).toBe(8)
  expect(coverage.share).toBeGreaterThan(0.5)
})

test('a loss of one’s own brings samples to the data', async () => {
  const { mean, softMargin } = await import('../custom-loss.ts')
  expect(mean).toBeCloseTo(0.5, 1)
  const tf = await import('@tensorflow/tfjs')
  const { discriminator, generator, equilibrium } = softMargin(0.5)
  const undecided = tf.zeros([4, 1])
  expect(discriminator(undecided, undecided).dataSync()[0]).toBeCloseTo(equilibrium.discriminator, 5)
  expect(generator(undecided).dataSync()[0]).toBeCloseTo(equilibrium.generator, 5)
})

test('a dataset of one’s own is learned: samples become waves', async () => {
  const { before, after } = await import('../custom-dataset.ts')
  expect(before).toBeLessThan(0.5)
  expect(after).toBeGreaterThan(0.9)
})

test('in a game of one’s own each generator finds a mode that the other leaves out', async () => {
  const { shares } = await import('../custom-game.ts')
  const [first, second] = [shares['first']!, shares['second']!]
  expect(Math.abs(first.right - second.right)).toBeGreaterThan(0.9)
  for (const { near } of [first, second]) expect(near).toBeGreaterThan(0.6)
})
