import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mnist } from '@gankit/datasets'
import { gankit, scratch } from '@gankit/testkit/command'
import { encodePng } from '@gankit/visualization'
import { beforeAll, describe, expect, test } from 'vitest'

const small = ['train', 'mnist-digits', '--batch', '16', '--latent', '8', '--seed', '1'] as const
const folder = scratch()

/** Writes digits as pictures, one a file. */
async function writeDigits(name: string, from: number, count: number): Promise<void> {
  mkdirSync(join(folder, name))
  const position = { epoch: 0, batch: from / count }
  const { value } = await (await mnist()).batches({ size: count, shuffle: false, position }).next()
  const values = (await value!.samples.data()) as Float32Array
  for (let i = 0; i < count; i++) {
    const data = Uint8Array.from(values.subarray(784 * i, 784 * (i + 1)), level =>
      Math.round(127.5 * (level + 1)),
    )
    writeFileSync(join(folder, name, `${i}.png`), encodePng({ width: 28, height: 28, channels: 1, data }))
  }
}

let run: string
beforeAll(async () => {
  await writeDigits('real', 0, 120)
  await writeDigits('others', 120, 120)
  // One folder a test: of two processes that pack the same pictures at once one is refused.
  await writeDigits('more', 240, 120)
  mkdirSync(join(folder, 'empty'))
  const trained = await gankit([...small, '--steps', '5', '--evaluate-every', '2', '--json'], folder)
  expect(trained.code, trained.err).toBe(0)
  run = JSON.parse(trained.out).run
}, 120_000)

describe.concurrent('gankit evaluate', { timeout: 120_000 }, () => {
  test('a run is held against its data, as one JSON object', async () => {
    const words = [
      'evaluate',
      run,
      '--count',
      '300',
      '--seeds',
      '2',
      '--metrics',
      'frechet-distance,coverage,confidence',
    ]
    const { code, out, err } = await gankit([...words, '--neighbors', 'near.png', '--json'], folder)
    expect(code, err).toBe(0)
    const { model, against, metrics, ...rest } = JSON.parse(out)
    expect({ model, against }).toEqual({ model: run, against: 'embedded' })
    expect(rest).toMatchObject({ count: 300, seeds: [0, 1], extractor: { name: 'digits' }, skipped: {} })
    expect(Object.keys(metrics)).toEqual(['frechet-distance', 'coverage', 'confidence'])
    expect(metrics['frechet-distance']).toMatchObject({
      nReal: 300,
      nFake: 300,
      seed: 0,
      better: 'less',
      version: 1,
    })
    expect(metrics['frechet-distance'].extractor.sha256).toMatch(/^[0-9a-f]{64}$/)
    // Five steps make noise: far from the floor, and nothing of the data.
    expect(metrics['frechet-distance'].value).toBeGreaterThan(10 * metrics['frechet-distance'].floor)
    expect(metrics.coverage.value).toBeLessThan(0.2)
    expect(metrics.coverage.floor).toBeGreaterThan(0.8)
    expect(metrics.confidence.floor).toBeGreaterThan(0.98)
    // 16 columns and 4 rows of 28 pixels, twice as large, with gaps of 2.
    expect(readFileSync(join(folder, 'near.png')).readUInt32BE(16)).toBe(16 * 56 + 15 * 2)
  })

  test('a run that measured itself tells so, and has kept its best generator', async () => {
    const events = readFileSync(join(run, 'events.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    const measured = events.filter(({ type }) => type === 'figures')
    expect(measured.at(-1)).toMatchObject({ step: 5, best: { metric: 'frechet-distance' } })
    expect(measured[0].figures.coverage).toMatchObject({ better: 'more', floor: expect.any(Number) })
    expect(existsSync(join(run, 'best', 'model.json'))).toBe(true)
    const drawn = await gankit(['sample', run, '--best', '--count', '4', '--out', 'best.png'], folder)
    expect(drawn.code, drawn.err).toBe(0)
    const inspected = await gankit(['inspect', run, '--json'], folder)
    expect(JSON.parse(inspected.out).figures.length).toBe(measured.length)
    expect(readFileSync(join(run, 'report.html'), 'utf8')).toContain('Quality: frechet-distance')
  })

  test('folders of pictures are held against each other, and what can’t be had is left out', async () => {
    const words = ['evaluate', 'others', '--against', 'folder:real', '--size', '28', '--channels', '1']
    const { code, out, err } = await gankit([...words, '--count', '60', '--json'], folder)
    expect(code, err).toBe(0)
    const { metrics, skipped, extractor, seeds } = JSON.parse(out)
    expect(extractor.name).toBe('pixels')
    expect(seeds).toEqual([0, 1, 2])
    expect(skipped['frechet-distance']).toContain('n = 60 samples of d = 784 features')
    // Both are digits: as far apart as the halves of one.
    expect(Math.abs(metrics.coverage.value - metrics.coverage.floor)).toBeLessThan(0.2)
    expect(metrics['data-copying-p'].floor).toBe(null)
  })

  test('pictures take the shape of what they are held against, and its table says what it is', async () => {
    const { code, out, err } = await gankit(
      ['evaluate', 'more', '--against', 'embedded', '--seeds', '2'],
      folder,
    )
    expect(code, err).toBe(0)
    expect(out).toContain('120 fakes (seed 0) against 120 of embedded')
    expect(out).toMatch(/^coverage +\d\.\d+ +\d\.\d+ +more$/m)
    expect(out).toContain('skipped  frechet-distance')
  })

  test('an app’s name means the generator that it ships, whose digits are read with confidence', async () => {
    const words = [
      'evaluate',
      'mnist-digits',
      '--count',
      '500',
      '--seeds',
      '1',
      '--metrics',
      'confidence,min-class-share',
    ]
    const { code, out, err } = await gankit([...words, '--json'], folder)
    expect(code, err).toBe(0)
    const { model, against, metrics } = JSON.parse(out)
    expect({ model, against }).toEqual({ model: 'mnist-digits', against: 'embedded' })
    expect(metrics.confidence.value).toBeGreaterThan(0.85)
    expect(metrics['min-class-share'].value).toBeGreaterThan(0.04)
    const drawn = await gankit(['sample', 'mnist-digits', '--count', '4', '--out', 'shipped.png'], folder)
    expect(drawn.code, drawn.err).toBe(0)
  })

  test('what is wrong is told in one line, and nothing is printed', async () => {
    const { code, out, err } = await gankit(['evaluate', 'empty', '--against', 'folder:real'], folder)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.trim().split('\n').at(-1)).toMatch(/^\[gankit\/datasets\] .*empty is empty, expected pictures/)
  })
})
