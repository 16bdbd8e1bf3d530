import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { scratch, tree } from '@gankit/testkit/scratch'
import { encodePng } from '@gankit/visualization'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { placeCaptions } from '../src/data/choose.ts'
import { gankit, refusal } from './gankit.ts'
import { useProject } from './project.ts'

useProject()

/** A grey picture with a light square, at another place for each seed. */
const picture = (seed: number, side = 20) => {
  const data = new Uint8Array(side * side * 3).fill(20)
  for (let y = 0; y < 6; y++)
    for (let x = 0; x < 6; x++) data.fill(200, 3 * ((y + (seed % 9)) * side + x + (seed % 7)))
  return encodePng({ width: side, height: side, channels: 3, data })
}

function folderOfPictures(folder: string, count: number): string {
  for (const kind of ['猫', 'a dog 🐕']) mkdirSync(join(folder, 'photos', kind), { recursive: true })
  for (let i = 0; i < count; i++)
    writeFileSync(join(folder, 'photos', i % 3 ? '猫' : 'a dog 🐕', `${i}.png`), picture(i))
  return 'photos'
}

/** Packs the pictures of this test anew. */
function useNewCache(): void {
  vi.stubEnv('GANKIT_CACHE', join(scratch(), 'cache'))
  onTestFinished(() => void vi.unstubAllEnvs())
}

const findingsOf = (out: string) => JSON.parse(out.trim().split('\n').at(-1)!)

describe('gankit data', () => {
  test('a path with its kind, and the path alone, are the same pictures, of which the grid never becomes one', async () => {
    useNewCache()
    folderOfPictures('.', 12)
    writeFileSync('photos/猫/notes.txt', 'no picture')
    writeFileSync('photos/.hidden.png', picture(3))
    const findings = async (spec: string) => {
      const given = ['--allow-skipped', '--size', '8', '--json', '--out', 'grid.png']
      const { samplesPerSecond: _, ...found } = findingsOf(
        (await gankit('data', 'inspect', spec, ...given)).out,
      )
      return found
    }
    const found = await findings('folder:photos')
    expect(found).toMatchObject({ size: 12, skipped: 1 })
    expect(await findings('photos')).toEqual(found)
    const inside = ['data', 'inspect', 'photos', '--allow-skipped', '--out', 'photos/猫/grid.png'] as const
    expect(await refusal(...inside)).toMatch(
      /--out is 'photos\/猫\/grid\.png', which is in .*photos, the folder of the data, expected a place beside it/,
    )
    expect(await findings('photos')).toEqual(found)
  })

  test('inspect counts the embedded digits as their own labels do, and draws them', async () => {
    const folder = process.cwd()
    const { code, out } = await gankit('data', 'inspect', 'embedded', '--json', '--out', 'digits.png')
    expect(code).toBe(0)
    const found = findingsOf(out)
    expect(found).toMatchObject({
      spec: 'embedded',
      size: 10_000,
      sampleShape: [28, 28, 1],
      min: -1,
      max: 1,
      problems: [],
      skipped: 0,
      grid: 'digits.png',
    })
    // Of the first 10,000 training images of MNIST, as its authors distribute them.
    expect(found.classes.map(({ count }: { count: number }) => count)).toEqual([
      1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978,
    ])
    expect(found.samplesPerSecond).toBeGreaterThan(0)
    expect(readFileSync(join(folder, 'digits.png')).subarray(1, 4).toString()).toBe('PNG')
  })

  test('inspect shows captions, of drawn pictures and of a file', async () => {
    const drawn = await gankit('data', 'inspect', 'birds:20', '--size', '8', '--captions', 'en', '--json')
    expect(findingsOf(drawn.out).captions).toEqual({
      vocabulary: expect.any(Number),
      examples: Array(5).fill(expect.stringContaining('bird')),
    })
    const data = folderOfPictures(process.cwd(), 4)
    writeFileSync('captions.tsv', '0.png\t红色的猫\n1.png\ta red cat\n')
    useNewCache()
    const { out, err } = await gankit('data', 'inspect', data, '--size', '8', '--captions', 'captions.tsv')
    expect(out).toContain('captions of 9 words, such as\n')
    expect(out).toMatch(/\n {9}红色的猫\n/)
    expect(out).toMatch(/\n {9}a red cat\n/)
    expect(out).toMatch(/skipped {2}2\n {9}2: has no caption in captions.tsv/)
    expect(err).toContain('2 samples of 8×8×3')
  })

  test('the path of captions is kept for any working folder', () => {
    const place = resolve('captions.tsv')
    expect(placeCaptions({ size: 8, captions: 'captions.tsv' }, 'folder')).toEqual({
      size: 8,
      captions: place,
    })
    expect(placeCaptions({ captions: 'captions.tsv' })).toEqual({ captions: place })
    for (const options of [{ captions: 'fr' }, { captions: 'zh' }, {}])
      expect(placeCaptions(options, 'cartoon')).toEqual(options)
    expect(placeCaptions({ captions: 'both' })).toEqual({ captions: 'both' })
  })

  test('inspect goes through a folder of pictures, says what it skipped, and writes no more than the grid', async () => {
    const folder = process.cwd()
    const data = folderOfPictures(folder, 30)
    writeFileSync(join(folder, data, '猫', 'broken.png'), picture(1).subarray(0, 60))
    writeFileSync(join(folder, data, 'notes.txt'), 'no picture')
    const before = tree(folder)
    useNewCache()
    const words = [
      'data',
      'inspect',
      data,
      '--size',
      '16',
      '--labels',
      'folders',
      '--json',
      '--out',
      'grid.png',
    ]
    const { code, out, err } = await gankit(...words)
    expect(err).toContain('packing')
    expect(code).toBe(0)
    expect(findingsOf(out)).toMatchObject({
      spec: `folder:${join(folder, data)}`,
      size: 30,
      sampleShape: [16, 16, 3],
      classes: [
        { name: 'a dog 🐕', count: 10 },
        { name: '猫', count: 20 },
      ],
      skipped: 2,
    })
    expect(tree(folder)).toEqual([...before, 'grid.png'].sort())
    const again = await gankit(...words)
    expect(again.err).not.toContain('packing')
    expect(findingsOf(again.out).size).toBe(30)
  })

  test('more than 5% skipped stops, unless it is allowed', async () => {
    const folder = process.cwd()
    const data = folderOfPictures(folder, 10)
    writeFileSync(join(folder, data, 'empty.png'), '')
    useNewCache()
    const refused = await gankit('data', 'inspect', data)
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('empty.png is empty')
    expect(refused.err).toContain('--allow-skipped')
    const { code, out } = await gankit('data', 'inspect', data, '--allow-skipped')
    expect(code).toBe(0)
    expect(out).toContain('skipped  1')
  })

  test('what can be read and means nothing is warned of, by inspect and in training', async () => {
    const folder = process.cwd()
    mkdirSync(join(folder, 'photos'))
    for (let i = 0; i < 20; i++) {
      const data = Uint8Array.from({ length: 1200 }, (_, at) => (at + i) % 16)
      writeFileSync(
        join(folder, 'photos', `${i}.png`),
        encodePng({ width: 20, height: 20, channels: 3, data }),
      )
    }
    useNewCache()
    const { out } = await gankit('data', 'inspect', 'photos', '--size', '20')
    expect(out).toContain('warning  the 20 samples looked at use levels 0 to 15 of 255 only')
    expect(out).toContain('not saved: --out FILE.png')
    const words = ['train', 'mnist-digits', '--data', 'photos', '--steps', '2', '--out', 'run']
    const { code, err } = await gankit(...words)
    expect(err).toMatch(/Warning {2}the 20 samples looked at use levels \d+ to \d+ of 255 only/)
    expect(err).toMatch(/Warning {2}a batch takes \d+ samples, and there are 20: batches are of 20/)
    expect(code).toBe(0)
    expect(JSON.parse(readFileSync(join(folder, 'run/config.json'), 'utf8')).training.batch).toBe(20)
    const resumed = await gankit('train', '--resume', 'run', '--steps', '3')
    expect([resumed.code, resumed.err]).toEqual([0, expect.not.stringContaining('a batch takes')])
  })

  test('one class by folders is said', async () => {
    const data = folderOfPictures(process.cwd(), 6)
    useNewCache()
    const { err } = await gankit('data', 'inspect', `${data}/猫`, '--labels', 'none', '--allow-skipped')
    expect(err).not.toContain('class')
    mkdirSync('wrapped/photos/one', { recursive: true })
    for (let i = 0; i < 3; i++) writeFileSync(`wrapped/photos/one/${i}.png`, picture(i))
    const one = await gankit('data', 'inspect', 'wrapped', '--labels', 'folders')
    expect(one.err).toContain("labels by folders give one class, 'one'")
  })

  test('points have a plot, and their distribution shows in the figures', async () => {
    const folder = process.cwd()
    const { code, out } = await gankit('data', 'inspect', 'ring:4000', '--json')
    expect(code).toBe(0)
    const { min, max, sampleShape } = findingsOf(out)
    expect(sampleShape).toEqual([2])
    // Radius 2, standard deviation 0.02.
    expect(max).toBeGreaterThan(1.95)
    expect(max).toBeLessThan(2.15)
    expect(min).toBeLessThan(-1.95)
    expect(tree(folder)).toEqual([])
  })

  test.each([
    [['data', 'inspect', 'celebs'], "data is 'celebs', expected one of embedded, "],
    [['data', 'inspect', 'cartoon:0'], "data is 'cartoon:0', expected cartoon:COUNT"],
    [['data', 'inspect', 'folder:'], "data is 'folder:', expected a path behind the colon"],
    [['data', 'inspect', 'embedded:3'], 'expected embedded alone'],
    [['data', 'inspect', 'embedded', '--size', '3'], "size is given with 'embedded'"],
    [
      ['data', 'inspect', 'embedded', '--size', '0'],
      "'0' is invalid. Expected a whole number from 1 to 4096",
    ],
    [['data', 'inspect', 'folder:nowhere'], 'does not exist'],
    [
      ['data', 'inspect', 'embedded', '--out', 'a.jpg'],
      "'a.jpg' is invalid. Expected a file name that ends in .png",
    ],
    [['train', 'mnist-digits', '--data', 'ring'], "data is 'ring', expected one of embedded, "],
  ])('gankit %j is refused in one line', async (words, line) => {
    const folder = process.cwd()
    const { code, err, out } = await gankit(...words)
    expect(err).toContain(line)
    expect(err).not.toMatch(/\n\s+at /)
    expect([code, out]).toEqual([2, ''])
    expect(tree(folder)).toEqual([])
  })

  test('a folder of pictures trains, and its configuration says how they were cropped', async () => {
    const folder = process.cwd()
    const data = folderOfPictures(folder, 40)
    useNewCache()
    const words = ['train', 'mnist-digits', '--data', data, '--crop', '18', '--steps', '2', '--batch', '8']
    const { code, out } = await gankit(...words, '--json', '--out', 'run')
    expect(code).toBe(0)
    expect(JSON.parse(out).steps).toBe(2)
    expect(JSON.parse(readFileSync(join(folder, 'run/config.json'), 'utf8'))).toMatchObject({
      data: `folder:${join(folder, data)}`,
      dataOptions: { size: 28, channels: 1, crop: 18 },
    })
  })
})
