import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readRun } from '@gankit/experiment/node'
import { encodePng } from '@gankit/visualization'
import { expect, test } from 'vitest'
import { chooseData } from '../src/data/choose.ts'
import { app as cycle } from './apps/tiny-cycle/app.ts'
import { gankit, refusal } from './gankit.ts'
import { useProject } from './project.ts'

// Sets of two sides, for a pix2pix of small pictures: gray inputs, and targets in color of the same mean.
useProject('shared')

const train = ['train', 'tiny-pairs', '--backend', 'cpu', '--steps', '3'] as const
const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'))

const level = (i: number) => 30 + 10 * i
const shades = (i: number, gray: boolean) => [12, 0, -12].map(shade => level(i) + (gray ? 0 : shade))

function write(file: string, width: number, color: (x: number) => readonly number[]): void {
  mkdirSync(join(file, '..'), { recursive: true })
  const data = Uint8Array.from(
    { length: width * 8 * 3 },
    (_, at) => color(Math.floor(at / 3) % width)[at % 3]!,
  )
  writeFileSync(file, encodePng({ width, height: 8, channels: 3, data }))
}

/** Gray on the left, color on the right. */
function writeJoined(folder: string, count: number): void {
  for (let i = 0; i < count; i++) write(join(folder, `${i + 10}.png`), 16, x => shades(i, x < 8))
}

/** Gray in A, color in B. */
function writeFolders(folder: string, count: number): void {
  for (let i = 0; i < count; i++) {
    write(join(folder, 'A', `${i + 10}.png`), 8, () => shades(i, true))
    write(join(folder, 'B', `${i + 10}.png`), 8, () => shades(i, false))
  }
}

/** The means of inputs and targets differ by less than those of other pairs, 0.08, only where each input meets its own target. */
async function expectPairs(run: string): Promise<void> {
  const { points } = (await readRun(run)).history
  expect(points).toHaveLength(3)
  for (const { scalars } of points) expect(scalars['generator/mismatch']).toBeLessThan(0.02)
}

test.each([
  ['side by side', writeJoined],
  ['in folders A and B', writeFolders],
] as const)(
  'pairs %s train both streams, mirrored and cropped together, and damage takes whole pairs',
  async (name, writeSet) => {
    const folder = name.replaceAll(' ', '-')
    writeSet(folder, 12)
    const damaged = writeSet === writeJoined ? '13.png' : 'B/13.png'
    writeFileSync(join(folder, damaged), 'no picture')
    const words = ['--data', `pairs:${folder}`, '--allow-skipped', '--flip', '--jitter', '0.12']
    const { code, err } = await gankit(...train, ...words, '--out', `${folder}-run`)
    expect(code, err).toBe(0)
    expect(err).toContain(`1 file skipped, because ${damaged} is no JPEG`)
    const data = `pairs:${resolve(folder)}`
    const options = { size: 8, flip: true, jitter: 0.12 }
    expect(readJson(`${folder}-run/config.json`).streams).toEqual({
      input: {
        data,
        dataOptions: { ...options, channels: 1, side: 'a' },
        dataset: { size: 11, sampleShape: [8, 8, 1], heldOut: 2 },
      },
      target: {
        data,
        dataOptions: { ...options, channels: 3, side: 'b' },
        dataset: { size: 11, sampleShape: [8, 8, 3], heldOut: 2 },
      },
    })
    await expectPairs(`${folder}-run`)
  },
)

test('pictures without partners come beside pairs where data are named for them, are as many as they are, and resume', async () => {
  writeJoined('few', 12)
  for (let i = 0; i < 7; i++) write(join('more', `${i}.png`), 8, () => shades(i, true))
  const words = ['--data', 'pairs:few', '--data', 'further=folder:more'] as const
  const { code, err } = await gankit(...train, ...words, '--out', 'further-run')
  expect(code, err).toBe(0)
  const { input, target, further } = readJson('further-run/config.json').streams
  expect([input.dataset, target.dataset]).toMatchObject([
    { size: 12, heldOut: 2 },
    { size: 12, heldOut: 2 },
  ])
  expect([input.dataOptions.side, target.dataOptions.side]).toEqual(['a', 'b'])
  // Nothing of these is held out.
  expect(further).toEqual({
    data: `folder:${resolve('more')}`,
    dataOptions: { size: 8, channels: 1 },
    dataset: { size: 7, sampleShape: [8, 8, 1] },
  })
  await expectPairs('further-run')
  const whole = await gankit(...train, ...words, '--steps', '6', '--out', 'whole-run', '--json')
  const resume = ['train', '--resume', 'further-run', '--backend', 'cpu', '--steps', '6', '--json'] as const
  const resumed = await gankit(...resume)
  expect(resumed.code, resumed.err).toBe(0)
  expect(JSON.parse(resumed.out).weightsSha256).toBe(JSON.parse(whole.out).weightsSha256)
  const alone = await gankit(...train, ...words.slice(0, 2), '--steps', '6', '--out', 'alone-run', '--json')
  expect(JSON.parse(alone.out).weightsSha256).not.toBe(JSON.parse(whole.out).weightsSha256)
  expect(Object.keys(readJson('alone-run/config.json').streams)).toEqual(['input', 'target'])
  const evaluated = await gankit('evaluate', 'further-run', '--json')
  expect(evaluated.code, evaluated.err).toBe(0)
  expect(JSON.parse(evaluated.out).count).toBe(1)
})

test('data without a name are for both streams, each as its options say, and never the same for both', async () => {
  for (let i = 0; i < 12; i++) write(`plain/${i + 10}.png`, 8, () => shades(i, false))
  const { code, out, err } = await gankit(...train, '--data', 'folder:plain', '--out', 'plain-run')
  expect(code, err).toBe(0)
  await expectPairs('plain-run')
  expect(out).toContain('next   npx gankit translate plain-run picture.png --out translated.png')

  expect(await refusal(...train, '--data', 'folder:plain', '--channels', '3', '--out', 'none')).toMatch(
    /input and target are the same pictures of folder:.*plain, expected pairs: --data pairs:PATH, or data for each, as in --data input=SPEC --data target=SPEC/,
  )
})

test('the direction turns pairs around, and a run keeps it', async () => {
  writeFolders('turned', 8)
  const words = ['--data', 'pairs:turned', '--direction', 'b-to-a']
  expect((await gankit(...train, ...words, '--out', 'turned-run')).code).toBe(0)
  const sides = () => {
    const { input, target } = readJson('turned-run/config.json').streams
    return [input.dataOptions.side, target.dataOptions.side]
  }
  expect(sides()).toEqual(['b', 'a'])
  await expectPairs('turned-run')
  const resume = ['train', '--resume', 'turned-run', '--backend', 'cpu', '--steps', '4'] as const
  expect(await refusal(...resume, '--direction', 'a-to-b')).toContain(
    '--side of input is "b" in the run, "a" here',
  )
  expect((await gankit(...resume)).code).toBe(0)
  expect(sides()).toEqual(['b', 'a'])
})

test.each<[words: string[], message: string]>([
  [['--data', 'unpaired:some'], 'tiny-pairs learns from pairs, and the data of input are unpaired:'],
  [
    ['--data', 'pairs:some', '--jitter', 'input=0.1'],
    'tiny-pairs learns from pairs, and jitter is 0.1 for input and 0 for target, expected the same for all, as they move together: give --jitter to all or leave it out',
  ],
  [
    ['--data', 'input=folder:some/A', '--data', 'target=folder:some/B', '--direction', 'b-to-a'],
    "--direction is 'b-to-a', and the data of input, target have no two sides, expected --data pairs:PATH or unpaired:PATH",
  ],
  [
    ['--data', 'pairs:some', '--direction', 'back'],
    "argument 'back' is invalid. Allowed choices are a-to-b, b-to-a",
  ],
  [
    ['--data', 'pairs:some', '--size', 'further=16'],
    'the stream further has no data, expected --data further=SPEC',
  ],
  [
    ['--data', 'pairs:some', '--data', 'others=folder:some'],
    "names the stream 'others', expected one of: input=SPEC, target=SPEC, further=SPEC",
  ],
  [['--data', 'pairs:'], "data is 'pairs:', expected a path behind the colon"],
  [['--data', 'pairs:some', '--jitter', '2'], 'Expected a number from 0 to 1.'],
  [['--data', 'pairs:some', '--reduce', '3'], 'reduce is 3, expected a factor that divides the size, 8'],
])('%o is refused, and nothing is written', async (words, message) => {
  writeFolders('some', 3)
  expect(await refusal(...train, ...words, '--out', 'none')).toContain(message)
  expect(existsSync('none')).toBe(false)
})

test('one stream takes no direction', async () => {
  expect(await refusal('train', 'mnist-digits', '--direction', 'b-to-a', '--out', 'none')).toContain(
    "--direction is 'b-to-a', and there is only one stream: leave it out, --side chooses a side",
  )
})

test('unpaired data give each of two streams a side', () => {
  const photos = { kinds: { option: 'size' } as const, options: { size: 8 } }
  const app = { ...cycle, streams: { photos, paintings: photos } }
  const data = `unpaired:${resolve('set')}`
  const choose = (words: object) => chooseData(app as never, { data: ['unpaired:set'], ...words }).streams
  expect(choose({})).toEqual({
    photos: { data, dataOptions: { size: 8, side: 'a' } },
    paintings: { data, dataOptions: { size: 8, side: 'b' } },
  })
  expect(choose({ direction: 'b-to-a' })).toMatchObject({
    photos: { dataOptions: { side: 'b' } },
    paintings: { dataOptions: { side: 'a' } },
  })
  expect(choose({ side: { named: { paintings: 'a' } } })).toMatchObject({
    photos: { dataOptions: { side: 'a' } },
    paintings: { dataOptions: { side: 'a' } },
  })
  const mixed = chooseData(app as never, { data: ['photos=folder:photos', 'paintings=unpaired:set'] })
  expect(mixed.streams).toEqual({
    photos: { data: `folder:${resolve('photos')}`, dataOptions: { size: 8 } },
    paintings: { data, dataOptions: { size: 8, side: 'b' } },
  })
})

test('inspecting shows both sides of pairs, and one of unpaired pictures', async () => {
  writeJoined('looked-at', 21)
  writeFileSync('looked-at/12.png', 'no picture')
  const inspected = await gankit('data', 'inspect', 'pairs:looked-at', '--size', '8', '--out', 'pairs.png')
  expect(inspected.code, inspected.err).toBe(0)
  expect(inspected.out).toContain('20 samples of 8×16×3')
  expect(inspected.out).toContain('skipped  1\n         1: is no JPEG')
  expect(readFileSync('pairs.png').subarray(1, 4).toString()).toBe('PNG')
  writeFolders('sides', 4)
  const words = ['data', 'inspect', 'unpaired:sides', '--size', '8'] as const
  expect(await refusal(...words)).toContain(
    "side is missing, expected a or b, as pictures of the two sides don't belong",
  )
  expect((await gankit(...words, '--side', 'b', '--json')).out).toContain('"size":4')
  const edges = ['data', 'inspect', 'cartoon:12', '--size', '16', '--drawing', 'edges', '--json'] as const
  expect(JSON.parse((await gankit(...edges)).out)).toMatchObject({
    size: 12,
    sampleShape: [16, 16, 3],
    max: 1,
    min: -1,
  })
  const low = JSON.parse((await gankit(...edges.slice(0, 5), '--reduce', '4', '--json')).out)
  expect(low.sampleShape).toEqual([4, 4, 3])
})
