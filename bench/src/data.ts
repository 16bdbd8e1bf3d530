import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Dataset, GankitError } from '@gankit/core'
import { type CartoonStyle, cartoonStyles } from '@gankit/datasets'
import { cartoonFaces, imageFolder } from '@gankit/datasets/node'
import { selectBackend } from '@gankit/runtime/node'

export const dataParts = ['faces', 'warm', 'jpegs'] as const

export interface DataOptions {
  /** JPEGs of the comparison with PyTorch. */
  readonly count: number
  /** What is timed; all of it where nothing is named. */
  readonly part?: (typeof dataParts)[number]
}

/**
 * How fast data come: faces drawn and opened again, batches of 64 at 64×64×3 from a warm cache, and, where
 * GANKIT_PEER_PYTHON names a Python with torch and Pillow, the first epoch of a folder of JPEGs beside PyTorch's
 * DataLoader with two workers.
 */
export async function timeData({ count, part }: DataOptions): Promise<void> {
  const { backend } = await selectBackend({ backend: 'cpu' })
  const cacheDir = mkdtempSync(join(tmpdir(), 'gankit-bench-'))
  const times = {
    faces: () => faces(cacheDir),
    warm: () => warm(cacheDir, backend),
    jpegs: () => jpegs(cacheDir, count),
  }
  try {
    for (const name of dataParts) if (part === undefined || part === name) await times[name]()
  } finally {
    rmSync(cacheDir, { recursive: true, force: true })
  }
}

async function faces(cacheDir: string): Promise<void> {
  for (const style of Object.keys(cartoonStyles) as CartoonStyle[]) {
    const drawing = performance.now()
    await (await cartoonFaces({ style, cacheDir })).close?.()
    const drawn = since(drawing)
    const opening = performance.now()
    await (await cartoonFaces({ style, cacheDir })).close?.()
    console.log(
      `20,000 faces of ${style}: drawn and packed in ${drawn} s, opened again in ${since(opening)} s`,
    )
  }
}

async function warm(cacheDir: string, backend: string): Promise<void> {
  const dataset = await cartoonFaces({ cacheDir })
  await epoch(dataset)
  const rates = [await epoch(dataset), await epoch(dataset), await epoch(dataset)]
  const { wall, perCore } = rates.sort((a, b) => a.wall - b.wall)[1]!
  console.log(
    `warm cache, 64×64×3, ${backend}: ${whole(wall)} images/s, ${whole(perCore)} a second of one core`,
  )
  await dataset.close?.()
}

async function jpegs(cacheDir: string, count: number): Promise<void> {
  const python = process.env['GANKIT_PEER_PYTHON']
  if (!python) return console.log('set GANKIT_PEER_PYTHON to time PyTorch beside it')
  const folder = join(cacheDir, 'jpegs')
  peer(python, 'make', folder, String(count))
  const starting = performance.now()
  const pictures = await imageFolder(folder, { crop: 178, size: 64, cacheDir })
  await epoch(pictures)
  const ours = (1000 * count) / (performance.now() - starting)
  await pictures.close?.()
  const theirs = JSON.parse(peer(python, 'read', folder)) as { peer: string; imagesPerSecond: number }
  console.log(`first epoch of ${whole(count)} JPEGs: ${whole(ours)} images/s, packing included`)
  console.log(`${theirs.peer}, 2 workers: ${whole(theirs.imagesPerSecond)} images/s`)
  console.log(`ratio ${(ours / theirs.imagesPerSecond).toFixed(2)}`)
}

/** Goes through a dataset once. @returns images a second, of the clock and of the processor */
async function epoch(dataset: Dataset): Promise<{ readonly wall: number; readonly perCore: number }> {
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  let images = 0
  for await (const { samples } of dataset.batches({ size: 64, epochs: 1 })) {
    images += samples.shape[0]!
    samples.dispose()
  }
  const { user, system } = process.cpuUsage(cpu)
  return { wall: (1000 * images) / (performance.now() - start), perCore: (1e6 * images) / (user + system) }
}

function peer(python: string, ...words: string[]): string {
  const script = fileURLToPath(new URL('../peers/image_folder.py', import.meta.url))
  const { stdout, stderr, status } = spawnSync(python, [script, ...words], { encoding: 'utf8' })
  if (status !== 0)
    throw new GankitError('bench', 'backend', `${words[0]} failed: ${stderr.trim().split('\n').at(-1)}`)
  return stdout
}

const since = (start: number): string => ((performance.now() - start) / 1000).toFixed(2)
const whole = (value: number): string => Math.round(value).toLocaleString('en')
