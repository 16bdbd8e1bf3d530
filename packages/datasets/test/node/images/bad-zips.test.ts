import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isGankitError } from '@gankit/core'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { findSizeProblem } from '../../../src/images/skipped-files.ts'
import { listZip } from '../../../src/node/images/list-zip.ts'
import { noise } from './make-picture.ts'
import { makeZip, type ZipEntry } from './make-zip.ts'

const home = await mkdtemp(join(tmpdir(), 'bad-zips-'))
const path = join(home, 'pictures.zip')
afterAll(() => rm(home, { recursive: true }))

/** What the reader gives for a zip of these bytes: names with their bytes or why there are none, or an error of ours. */
async function outcome(zip: Uint8Array): Promise<Record<string, Uint8Array | string> | Error> {
  await writeFile(path, zip)
  try {
    const { files, skipped, close } = await listZip(path)
    const found = skipped.map(({ name, why }) => [name, why] as const)
    for (const file of files) {
      const refused = findSizeProblem(file.size)
      const read = () => file.read().then(Buffer.from, (error: Error) => error.message)
      found.push([file.name, refused ?? ((await read()) as string)])
    }
    await close?.()
    return Object.fromEntries(found)
  } catch (error) {
    if (!isGankitError(error)) throw error
    expect(error.message).toMatch(/^\[gankit\/datasets\] zip [^\n]+$/)
    expect(error.message).toContain(path)
    return error
  }
}

const content = Buffer.from(noise(5000))
const entry = (name: string, rest: Partial<ZipEntry> = {}): ZipEntry => ({ name, content, ...rest })

describe('an entry that can’t be had costs itself alone', () => {
  test.each<[string, ZipEntry, string | RegExp]>([
    ['leads out', entry('../../evil.png'), 'has a name that leads out of the zip'],
    ['leads out half-way', entry('a/../../evil.png'), 'has a name that leads out of the zip'],
    ['is absolute', entry('/etc/evil.png'), 'has a name that leads out of the zip'],
    ['is absolute in Windows', entry('C:/evil.png'), 'has a name that leads out of the zip'],
    ['is encrypted', entry('secret.png', { flags: 1 }), 'is encrypted'],
    ['is packed by LZMA', entry('a.png', { method: 14 }), 'is packed by method 14, expected 0 or 8'],
    [
      'is larger than it says',
      entry('a.png', { claimedSize: 4990 }),
      /unpacks to more than the 4990 bytes it says/,
    ],
    [
      'is smaller than it says',
      entry('a.png', { claimedSize: 10_000 }),
      /5000 bytes unpacked, expected 10000/,
    ],
    ['claims a gigabyte', entry('a.png', { claimedSize: 2 ** 30 }), /has 1073741824 bytes, more than/],
    ['is cut off', entry('a.png', { claimedPacked: 100 }), 'is damaged or cut off'],
    [
      'runs over the end',
      entry('a.png', { claimedPacked: 2 ** 31 }),
      /is damaged \(2147483648 bytes in the zip/,
    ],
    ['has another checksum', entry('a.png', { claimedChecksum: 1 }), /its checksum in the zip is another/],
    ['is stored with a flipped bit', entry('a.png', { method: 'stored', claimedChecksum: 9 }), /checksum/],
  ])('%s', async (_, bad, why) => {
    const found = await outcome(makeZip([entry('good.png'), bad]))
    if (found instanceof Error) throw found
    expect(found['good.png']).toEqual(content)
    expect(found[bad.name as string]).toMatch(why)
  })
})

describe('a zip is read as it is', () => {
  test('with backslashes, folders, and names in other scripts', async () => {
    const names = ['猫/写真.png', '😀.png', 'a b/c.png']
    const zip = makeZip([...names, 'a\\b.png', 'folder/'].map(name => entry(name)))
    expect(await outcome(zip)).toEqual(Object.fromEntries([...names, 'a/b.png'].map(name => [name, content])))
  })

  test('with names that are no UTF-8', async () => {
    const found = await outcome(makeZip([{ name: Buffer.from([0x84, 0xff, 0x2e]), content }]))
    expect(Object.values(found)).toEqual([content])
  })

  test('with one name twice', async () => {
    await writeFile(path, makeZip([entry('a.png'), entry('a.png', { content: Buffer.from('b') })]))
    const { files, close } = await listZip(path)
    expect(await Promise.all(files.map(async file => (await file.read()).length))).toEqual([5000, 1])
    await close?.()
  })

  test('as zip64', async () => {
    const zip = makeZip([entry('a.png'), entry('b.png', { method: 'stored' })], { zip64: true })
    expect(await outcome(zip)).toEqual({ 'a.png': content, 'b.png': content })
  })

  test('with 10,000 entries', async () => {
    const entries = Array.from({ length: 10_000 }, (_, i) =>
      entry(`${i}.png`, { method: 'stored', content: Buffer.of(i & 255) }),
    )
    await writeFile(path, makeZip(entries))
    const started = process.cpuUsage()
    const { files, close } = await listZip(path)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000)
    expect(files).toHaveLength(10_000)
    expect([...(await files.find(file => file.name === '9999.png')!.read())]).toEqual([9999 & 255])
    await close?.()
  })
})

describe('whatever the bytes', () => {
  const small = fc.record({
    name: fc.oneof(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.constantFrom('../a.png', '/a.png', 'a/b.png'),
    ),
    content: fc.uint8Array({ maxLength: 200 }),
    method: fc.constantFrom('stored', 'deflate'),
  })
  const valid = fc
    .tuple(fc.array(small, { maxLength: 4 }), fc.boolean())
    .map(([entries, zip64]) => makeZip(entries as ZipEntry[], { zip64 }))
  const damaged = fc
    .tuple(valid, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }), fc.nat(9))
    .map(([zip, changes, cut]) => {
      for (const [at, byte] of changes) zip[zip.length - 1 - (at % zip.length)] = byte
      return cut === 0 ? zip.subarray(0, zip.length / 2) : zip
    })

  test('there are entries or an error of ours, soon, and in little memory', async () => {
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged, damaged), async zip => {
        const found = await outcome(zip)
        most = Math.max(most, process.memoryUsage().arrayBuffers - before)
        if (!(found instanceof Error))
          for (const got of Object.values(found)) expect(typeof got === 'string' || got.length > 0).toBe(true)
      }),
      { seed: 1, numRuns: 600 },
    )
    expect(most).toBeLessThan(64 * 2 ** 20)
  })

  test('what is whole comes back byte for byte', async () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}\.png$/), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(names, fc.uint8Array({ minLength: 1 }), fc.boolean(), async (names, bytes, zip64) => {
        const entries = names.map((name, i) => entry(name, { content: Buffer.concat([bytes, Buffer.of(i)]) }))
        const found = await outcome(makeZip(entries, { zip64 }))
        for (const { name, content } of entries)
          expect(Buffer.from(found[name as keyof typeof found] as Uint8Array)).toEqual(content)
      }),
      { seed: 1, numRuns: 100 },
    )
  })
})
