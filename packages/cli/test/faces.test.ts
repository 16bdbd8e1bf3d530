import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomStream } from '@gankit/core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { gankit } from './gankit.ts'
import { useProject } from './project.ts'

// What the command does with data that have attributes, by the app that draws faces.
useProject()

const configOf = (run: string) => JSON.parse(readFileSync(join(run, 'config.json'), 'utf8'))
const train = ['train', 'face-generation'] as const
const tiny = ['--steps', '2', '--batch', '4', '--latent', '6', '--seed', '1'] as const

test('conditional faces: trained, resumed, drawn as they are asked for, measured and exported', async () => {
  const trained = await gankit(...train, '--data', 'cartoon:220', '--conditional', ...tiny, '--out', 'run')
  expect(trained.code).toBe(0)
  // D would see each more than 300 times: what it sees is changed.
  expect(trained.err).toContain('220 images are fewer than the 320 that this preset needs')
  const { training, dataset, conditional } = configOf('run')
  expect(training.augmentation).toEqual({})
  expect(conditional).toEqual(['hair-color', 'glasses', 'skin', 'mouth'])
  const glasses = dataset.condition.attributes[1]
  expect(glasses).toMatchObject({ name: 'glasses', values: ['none', 'glasses', 'sunglasses'] })
  // 14 of 20 have none.
  expect(glasses.shares[0]).toBeGreaterThan(0.55)
  expect(glasses.shares[0]).toBeLessThan(0.85)

  const resumed = await gankit('train', '--resume', 'run', '--steps', '3')
  expect(resumed.code).toBe(0)
  const otherwise = ['train', '--resume', 'run', '--steps', '4', '--conditional', 'skin']
  expect((await gankit(...otherwise)).err).toContain('conditional')

  const sample = ['sample', 'run', '--count', '9', '--out']
  const asked = async (attributes: string, file: string) => {
    const { code, err } = await gankit(...sample, file, '--attributes', attributes)
    return { code, err, png: code === 0 ? readFileSync(file) : undefined }
  }
  const [red, same, black] = await Promise.all([
    asked('glasses=sunglasses,hair=red', 'red.png'),
    asked('hair-color=red,glasses=sunglasses', 'same.png'),
    asked('glasses=sunglasses,hair=black', 'black.png'),
  ])
  expect([red.err, same.err, black.err]).toEqual(['', '', ''])
  expect(red.png).toEqual(same.png)
  expect(red.png).not.toEqual(black.png)
  expect(await asked('glasses=square', 'no.png')).toMatchObject({
    code: 2,
    err: "[gankit/inference] --attributes is 'glasses=square': attribute glasses is 'square', expected one of: none, glasses, sunglasses\n",
  })

  const evaluated = await gankit(
    'evaluate',
    'run',
    '--metrics',
    'condition-accuracy',
    '--count',
    '100',
    '--json',
  )
  expect(evaluated.code).toBe(0)
  const { metrics } = JSON.parse(evaluated.out)
  expect(Object.keys(metrics)).toEqual([
    'condition-accuracy',
    ...conditional.map((name: string) => `condition-accuracy-${name}`),
  ])
  // The classifier is right about nearly every real face; nobody has learned anything in three steps.
  expect(metrics['condition-accuracy-glasses'].floor).toBeGreaterThan(0.97)
  expect(metrics['condition-accuracy'].value).toBeLessThan(0.6)

  const exported = await gankit('export', 'run', '--to', 'html', '--out', 'faces.html')
  expect(exported).toMatchObject({ code: 0, err: '' })
  expect(readFileSync('faces.html', 'utf8')).toMatch(/id="attributes"/)
})

test('the generator that comes with the app draws what it is asked for', async () => {
  const words = ['--attributes', 'glasses=sunglasses,hair=red', '--count', '16', '--out', 'faces.png']
  expect(await gankit('sample', 'face-generation', ...words)).toMatchObject({ code: 0, err: '' })
  const page = await gankit('export', 'face-generation', '--to', 'html', '--out', 'faces.html')
  expect(page).toMatchObject({ code: 0, err: '' })
  const measured = ['--data-seed', '3', '--against', 'cartoon:600', '--count', '300', '--seeds', '1']
  const figures = ['--metrics', 'recall,coverage,condition-accuracy', '--json']
  const evaluated = await gankit('evaluate', 'face-generation', ...measured, ...figures)
  const { metrics } = JSON.parse(evaluated.out)
  expect(metrics.recall.value).toBeGreaterThan(0.4)
  expect(metrics.coverage.value).toBeGreaterThan(0.5)
  expect(metrics['condition-accuracy'].value).toBeGreaterThan(0.8)
})

test('a folder of photos: at another size, with a word about how few they are', async () => {
  mkdirSync('photos')
  for (let i = 0; i < 12; i++) {
    const pixels = randomStream(i, 'photo').uniform(60 * 40 * 3, 0, 256)
    const photo = sharp(Buffer.from(Uint8Array.from(pixels)), { raw: { width: 60, height: 40, channels: 3 } })
    await photo.jpeg().toFile(join('photos', `照片 ${i}.jpg`))
  }
  const words = [...train, '--data', 'folder:photos', '--size', '32', ...tiny]
  const trained = await gankit(...words, '--out', 'run')
  expect(trained.code).toBe(0)
  expect(trained.err).toContain(
    '12 images are too few to learn from: expect copies of them; bring 200 or more',
  )
  expect(trained.err).toContain(
    'all images that D sees are changed at random (DiffAugment); --no-augment turns that off',
  )
  expect(configOf('run').dataset.sampleShape).toEqual([32, 32, 3])

  const unchanged = await gankit(...words, '--no-augment', '--out', 'other')
  expect(unchanged.code).toBe(0)
  expect(unchanged.err).not.toContain('DiffAugment')
  expect(configOf('other').training.augmentation).toBeUndefined()

  // Photos say nothing of hair.
  const conditional = await gankit(...words, '--conditional', '--out', 'no')
  expect(conditional.code).toBe(2)
  expect(conditional.err).toContain("'hair-color', expected one of: none, as the data have no attributes")
})
