import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Sync } from '@gankit/core/node'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCache } from '../../../src/node/packed/cache.ts'
import { openPacked } from '../../../src/node/packed/open.ts'
import { failureOf, scratch } from '../scratch.ts'
import { cacheBytes, onlyCache } from './cache-bytes.ts'
import { bytesOf, cheapPlan } from './cheap-plan.ts'

const names = ['manifest.json', 'index.bin', 'pixels.bin'] as const
const plan = cheapPlan({ count: 100 })
const whole: Record<string, Buffer> = {}
let home: string
let folder: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'damage-'))
  await (await openPacked(plan, { cacheDir: home })).close?.()
  folder = onlyCache(home)
  for (const name of names) whole[name] = await readFile(join(folder, name))
})
afterAll(() => rm(home, { recursive: true }))

/** Why a cache with this file in place of its own can't be opened. */
async function reasonFor(name: string, content: Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content)
  try {
    const { source } = await openCache(folder, plan)
    await source.close?.()
    return expect.fail(`${name} was taken for right`)
  } catch (error) {
    return (error as Error).message
  } finally {
    await writeFile(join(folder, name), whole[name]!)
  }
}

const reason = /^(has|is|was) [^\n]+$/

describe.each(names)('%s', name => {
  test('with any bit flipped is never used', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(7), async (place, bit) => {
        const content = Buffer.from(whole[name]!)
        content[place % content.length]! ^= 1 << bit
        expect(await reasonFor(name, content)).toMatch(reason)
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  test('of arbitrary bytes, cut off, or longer is never used', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.nat(), async (bytes, place) => {
        expect(await reasonFor(name, bytes)).toMatch(reason)
        const cut = whole[name]!.subarray(0, place % (whole[name]!.length - 1))
        expect(await reasonFor(name, cut)).toMatch(reason)
        expect(await reasonFor(name, Buffer.concat([whole[name]!, bytes, Buffer.from('x')]))).toMatch(reason)
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  test('damaged is noted, and the cache is made anew', async () => {
    const cacheDir = scratch()
    await cp(home, cacheDir, { recursive: true })
    const before = cacheBytes(cacheDir)
    const path = join(onlyCache(cacheDir), name)
    const content = await readFile(path)
    content[content.length >> 1]! ^= 1
    for (const change of [() => writeFile(path, content), () => rm(path)]) {
      await change()
      const notes: string[] = []
      await (await openPacked(plan, { cacheDir, onNote: line => notes.push(line) })).close?.()
      if (name === 'manifest.json' && change.toString().includes('rm')) expect(notes).toEqual([])
      else
        expect(notes).toEqual([expect.stringMatching(/^cache .+\/cheap-\w+ (has|is) .+: it is made anew$/)])
      expect(cacheBytes(cacheDir)).toEqual(before)
    }
  })
})

test('JSON that is no manifest is refused, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async value => {
      expect(await reasonFor('manifest.json', Buffer.from(JSON.stringify(value)))).toMatch(reason)
    }),
    { seed: 1, numRuns: 200 },
  )
})

test('a cache of another version, other options or other sources says so', async () => {
  const { manifest } = JSON.parse(String(whole['manifest.json']))
  const changed = (change: object) => {
    const other = { ...manifest, ...change }
    return Buffer.from(JSON.stringify({ sha256: sha256Sync(JSON.stringify(other)), manifest: other }))
  }
  const reasons = [
    [{ version: 1 }, 'is of version 1, expected 2'],
    [{ sources: 'those' }, 'was made of other files, or they have changed since'],
    [{ identity: { kind: 'dear' } }, 'was made with other options'],
    [{ sampleShape: [5, 7, 1] }, 'was made with other options'],
    [{ samples: -1 }, 'has a manifest that is not complete'],
    [{ samples: 10 ** 9 }, 'has an index that is damaged'],
    [{ skipped: undefined }, 'has a manifest that is not complete'],
  ] as const
  for (const [change, why] of reasons) expect(await reasonFor('manifest.json', changed(change))).toBe(why)
})

describe('a cache too large to be checked when it is opened', () => {
  const open = async () => (await openCache(folder, plan, undefined, 100)).source

  test('gives the right samples, in any order', async () => {
    const source = await open()
    const values = await source.read(Uint32Array.of(97, 0, 49))
    expect([...values]).toEqual([98, 0, 50].flatMap(i => [...bytesOf(i)]))
    await source.close?.()
  })

  test('refuses a damaged sample when it is read, and is not opened again', async () => {
    const content = Buffer.from(whole['pixels.bin']!)
    content[3 * 105 + 7]! ^= 1
    await writeFile(join(folder, 'pixels.bin'), content)
    const source = await open()
    await source.read(Uint32Array.of(2, 4))
    expect(await failureOf(Promise.resolve(source.read(Uint32Array.of(2, 3))))).toContain(
      `cache ${folder} is damaged in sample 3: start again, and it is made anew`,
    )
    await source.close?.()
    await expect(open()).rejects.toThrow('ENOENT')
    for (const name of names) await writeFile(join(folder, name), whole[name]!)
    await rm(join(folder, 'manifest.json.damaged'))
  })
})
