import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCropRegion, parseImageOptions } from '../../../src/images/image-options.ts'
import { imageFolder } from '../../../src/node/image-folder.ts'
import { listFolder } from '../../../src/node/images/list-folder.ts'
import { type SmallJpegPool, startSmallJpegPool } from '../../../src/node/images/small-jpeg-pool.ts'
import { startWorkerThread } from '../../../src/node/worker-thread.ts'
import { pixelsOf } from '../pixels-of.ts'
import { scratch } from '../scratch.ts'
import { picture } from './make-picture.ts'
import { makeZip } from './make-zip.ts'

/** JPEGs of several sizes; each tenth is a PNG, each twentieth cut. */
const files = await Promise.all(
  Array.from({ length: 150 }, async (_, i) => {
    const whole = picture(20 + (i % 5), 30 - (i % 3), i)
    const content = await (i % 10 === 9 ? whole.png() : whole.jpeg()).toBuffer()
    const kept = i % 20 === 13 ? content.subarray(0, content.length / 2) : content
    return { name: `${String(i).padStart(3, '0')}.jpg`, content: kept }
  }),
)
const notTaken = files.flatMap((_, i) => (i % 10 === 9 || i % 20 === 13 ? [i] : []))

async function folderOfThem(): Promise<string> {
  const folder = scratch()
  for (const { name, content } of files) await writeFile(join(folder, name), content)
  return folder
}

const settings = parseImageOptions({ size: 8 })
const work = {
  count: files.length,
  target: settings,
  findRegion: (size: { readonly width: number; readonly height: number }) => findCropRegion(settings, size),
}

/** All samples by a pool that is there, asked for in two parts at once. */
async function samplesBy(pool: SmallJpegPool) {
  const listed = (await listFolder(await folderOfThem())).files
  await pool.started
  const parts = await Promise.all([pool.makeSamples(listed.slice(0, 70)), pool.makeSamples(listed.slice(70))])
  return parts.flat().map(sample => sample && [...sample])
}

async function samplesHere() {
  const pool = await startSmallJpegPool({ ...work, count: 1 })
  expect(await pool.started).toBe(0)
  return await samplesBy(pool)
}

describe('threads', () => {
  test('make the samples that this thread makes, in order', async () => {
    const pool = await startSmallJpegPool(work)
    try {
      expect(await pool.started).toBeGreaterThan(0)
      const samples = await samplesBy(pool)
      expect(samples.flatMap((sample, i) => (sample ? [] : [i]))).toEqual(notTaken)
      expect(samples).toEqual(await samplesHere())
    } finally {
      await pool.end()
    }
  })

  test('are no loss where none can be started, or where they end', async () => {
    const none = await startSmallJpegPool(work, () => Promise.reject(new Error('no threads here')))
    const ended = await startSmallJpegPool(work, async (entry, data) => {
      const thread = await startWorkerThread<never, never>(entry, data)
      await thread.end()
      return thread
    })
    const expected = await samplesHere()
    expect(await samplesBy(none)).toEqual(expected)
    expect(await none.started).toBe(0)
    expect(await samplesBy(ended)).toEqual(expected)
    expect(await ended.started).toBeGreaterThan(0)
  })

  test('that are ended leave nobody waiting', async () => {
    const pool = await startSmallJpegPool(work)
    const samples = samplesBy(pool)
    await pool.started
    await new Promise(resolve => setTimeout(resolve, 5))
    await pool.end()
    expect(await samples).toHaveLength(150)
  })
})

test('a folder and a zip that threads work on have the same samples, and skip what is cut', async () => {
  const zip = join(scratch(), 'pictures.zip')
  await writeFile(zip, makeZip(files))
  const skipped = notTaken
    .filter(i => i % 20 === 13)
    .map(i => ({ name: files[i]!.name, why: 'is damaged or cut off' }))
  const pixels: Float32Array[] = []
  for (const path of [await folderOfThem(), zip]) {
    const dataset = await imageFolder(path, { size: 8, allowSkipped: true, cacheDir: scratch() })
    expect(dataset.skipped).toEqual(skipped)
    expect(dataset.size).toBe(files.length - skipped.length)
    pixels.push((await pixelsOf(dataset)) as unknown as Float32Array)
    await dataset.close?.()
  }
  expect(pixels[1]).toEqual(pixels[0])
})
