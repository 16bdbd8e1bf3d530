import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { isGankitError } from '@gankit/core'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Idx } from '../../src/idx.ts'
import { readIdxFile } from '../../src/node/idx/read-idx-file.ts'
import { idxBytes, idxImages } from '../idx-bytes.ts'

const folder = await mkdtemp(join(tmpdir(), 'idx-file-'))
const path = join(folder, 'file')
afterAll(() => rm(folder, { recursive: true }))

/** What the reader gives for a file of these bytes: data, or an error of ours in one line that names the file. */
async function outcome(bytes: Uint8Array, dimensions: number): Promise<Idx | Error> {
  await writeFile(path, bytes)
  return await readIdxFile(path, `file ${path}`, dimensions).catch(error => {
    if (!isGankitError(error)) throw error
    expect(error.message).toMatch(/^\[gankit\/datasets\] file [^\n]+$/)
    expect(error.message).toContain(path)
    return error
  })
}

/** Runs `work` and says how much memory for data was in use at most, bytes, beyond what was there before. */
async function memoryOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  const look = () => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }
  const timer = setInterval(look, 1)
  await work()
  look()
  clearInterval(timer)
  return most
}

const dimensions = fc.integer({ min: 1, max: 4 })
const header = fc
  .tuple(fc.constantFrom(8, 8, 8, 9, 13), fc.array(fc.nat(0xffffffff), { minLength: 1, maxLength: 4 }))
  .map(([type, shape]) => {
    const bytes = idxBytes(shape, new Uint8Array(0))
    bytes[2] = type
    return bytes
  })
const whole = fc
  .tuple(fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }), fc.infiniteStream(fc.nat(255)))
  .map(([shape, values]) => {
    const length = shape.reduce((product, side) => product * side, 1)
    return { shape, data: Uint8Array.from({ length }, () => values.next().value) }
  })
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.tuple(header, fc.uint8Array({ maxLength: 60 })).map(parts => Buffer.concat(parts)),
  whole.map(({ shape, data }) => idxBytes(shape, data)),
)
/** Damage to the gzip format: a bit flipped, an end cut off, something behind it. */
const packed = fc
  .tuple(bytes, fc.nat(), fc.nat(7), fc.constantFrom('whole', 'flipped', 'cut', 'longer'))
  .map(([content, place, bit, damage]) => {
    const gzip = new Uint8Array(gzipSync(content))
    const at = place % gzip.length
    if (damage === 'flipped') return gzip.with(at, gzip[at]! ^ (1 << bit))
    if (damage === 'cut') return gzip.subarray(0, at)
    return damage === 'longer' ? Buffer.concat([gzip, content]) : gzip
  })

test('arbitrary bytes, headers, and gzip of them with damage give whole data or an error of ours', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(bytes, packed), dimensions, async (content, dimensions) => {
      const got = await outcome(content, dimensions)
      if (got instanceof Error) return
      expect(got.shape).toHaveLength(dimensions)
      expect(got.data).toHaveLength(got.shape.reduce((product, side) => product * side, 1))
    }),
    { seed: 1, numRuns: 1000 },
  )
})

test('what is whole comes back byte for byte, plain or gzip, and what is cut or longer never does', async () => {
  await fc.assert(
    fc.asyncProperty(whole, fc.boolean(), fc.nat(), async ({ shape, data }, gzip, place) => {
      const file = idxBytes(shape, data)
      const pack = (content: Uint8Array) => (gzip ? gzipSync(content) : content)
      expect(await outcome(pack(file), shape.length)).toEqual({ shape, data })
      expect(await outcome(pack(file.subarray(0, place % file.length)), shape.length)).toBeInstanceOf(Error)
      expect(await outcome(pack(Buffer.concat([file, Buffer.of(0)])), shape.length)).toBeInstanceOf(Error)
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('headers that claim gigabytes take neither memory nor work', async () => {
  const started = process.cpuUsage()
  const claims = fc.array(fc.integer({ min: 1300, max: 0xffffffff }), { minLength: 3, maxLength: 3 })
  const memory = await memoryOf(() =>
    fc.assert(
      fc.asyncProperty(
        claims,
        fc.boolean(),
        fc.uint8Array({ maxLength: 3000 }),
        async (shape, gzip, rest) => {
          const file = idxBytes(shape, rest)
          const got = await outcome(gzip ? gzipSync(file) : file, 3)
          expect((got as Error).message).toMatch(
            /expected at most 4 GiB|has no more than \d+ bytes, expected \d{10}/,
          )
        },
      ),
      { seed: 1, numRuns: 200 },
    ),
  )
  expect(memory).toBeLessThan(64 * 2 ** 20)
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(15_000)
})

test.each<[string, Uint8Array, string]>([
  ['behind a small image', idxImages(1, 2, 2), 'has more than 20 bytes, expected 20'],
  ['in place of a header', new Uint8Array(0), 'has magic 0x00000000'],
])('128 MiB of zeros in a small gzip file, %s, is not unpacked', async (_, start, message) => {
  const bomb = gzipSync(Buffer.concat([start, Buffer.alloc(2 ** 27)]))
  expect(bomb.length).toBeLessThan(2 ** 20)
  await writeFile(path, bomb)
  const memory = await memoryOf(() =>
    expect(readIdxFile(path, `file ${path}`, 3)).rejects.toThrow(`[gankit/datasets] file ${path} ${message}`),
  )
  expect(memory).toBeLessThan(16 * 2 ** 20)
})

test('a gzip file whose header claims a thousand times its size is refused before it is unpacked', async () => {
  const images = 2 ** 17
  const bomb = gzipSync(idxBytes([images, 32, 32], Buffer.alloc(images * 1024)))
  await writeFile(path, bomb)
  const memory = await memoryOf(() =>
    expect(readIdxFile(path, `file ${path}`, 3)).rejects.toThrow(
      `[gankit/datasets] file ${path} claims shape 131072×32×32 in ${bomb.length} bytes of gzip`,
    ),
  )
  expect(memory).toBeLessThan(16 * 2 ** 20)
})
