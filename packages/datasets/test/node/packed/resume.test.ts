import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openPacked } from '../../../src/node/packed/open.ts'
import { scratch, tree } from '../scratch.ts'
import { cacheBytes, onlyCache } from './cache-bytes.ts'
import { cheapPlan } from './cheap-plan.ts'
import { startScript } from './start-script.ts'

let whole: Record<string, string>
beforeAll(async () => {
  const cacheDir = await mkdtemp(join(tmpdir(), 'whole-'))
  await (await openPacked(cheapPlan(), { cacheDir })).close?.()
  whole = cacheBytes(cacheDir)
  await rm(cacheDir, { recursive: true })
  expect(Object.keys(whole)).toEqual(['index.bin', 'manifest.json', 'pixels.bin'])
})

/** Stops a build after so many items. @returns the cache folder and the folder of what was built */
async function stopped(after: number): Promise<[cacheDir: string, building: string]> {
  const cacheDir = scratch()
  const stop = new AbortController()
  const onProgress = ({ done }: { done: number }) => done >= after && stop.abort()
  const build = openPacked(cheapPlan(), { cacheDir, signal: stop.signal, onProgress })
  await expect(build).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
  return [cacheDir, onlyCache(cacheDir)]
}

/** Goes on with a build. @returns after how many items */
async function goOn(cacheDir: string): Promise<number> {
  const seen: number[] = []
  const dataset = await openPacked(cheapPlan(), { cacheDir, onProgress: ({ done }) => seen.push(done) })
  expect(dataset.size).toBe(1960)
  expect(dataset.skipped).toHaveLength(40)
  await dataset.close?.()
  expect(cacheBytes(cacheDir)).toEqual(whole)
  return seen[0]!
}

describe('a build that was interrupted ends with the bytes of one that was not', () => {
  test('by a signal, once and again', async () => {
    const [cacheDir, building] = await stopped(512)
    expect(building).toMatch(/\.building$/)
    const again = new AbortController()
    const onProgress = ({ done }: { done: number }) => done >= 1024 && again.abort()
    const second = openPacked(cheapPlan(), { cacheDir, signal: again.signal, onProgress })
    await expect(second).rejects.toThrow()
    expect(await goOn(cacheDir)).toBe(1024)
  })

  test('before it began, or when all items were packed', async () => {
    expect(await goOn((await stopped(0))[0])).toBe(0)
    const [cacheDir, building] = await stopped(1792)
    expect(await goOn(cacheDir)).toBe(1792)
    await rename(onlyCache(cacheDir), building)
    expect(await goOn(cacheDir)).toBe(0)
  })

  test.each<[string, number, (building: string) => Promise<void>]>([
    ['a line of the journal is torn', 512, building => cut(join(building, 'journal.jsonl'), 5)],
    ['a line was being written', 768, building => appendFile(join(building, 'journal.jsonl'), '123 {"to":9')],
    ['the journal is damaged', 0, building => flip(join(building, 'journal.jsonl'), 20)],
    [
      'the journal is something else',
      0,
      building => writeFile(join(building, 'journal.jsonl'), 'null\n{}\n1\n'),
    ],
    ['pixels are cut off', 512, building => cut(join(building, 'pixels.bin'), 1)],
    ['pixels are damaged', 256, building => flip(join(building, 'pixels.bin'), 300 * 105)],
    ['pixels are gone', 0, building => truncate(join(building, 'pixels.bin'), 0)],
    ['there are pixels too many', 768, building => appendFile(join(building, 'pixels.bin'), 'and more')],
    ['the index is cut off', 512, building => cut(join(building, 'index.bin'), 1)],
    ['a label is damaged', 256, building => flip(join(building, 'index.bin'), 300 * 10 + 4)],
    ['a code is damaged', 0, building => flip(join(building, 'index.bin'), 9)],
    ['the plan is damaged', 0, building => flip(join(building, 'plan.json'), 10)],
  ])('where %s, from item %i on', async (_, from, damage) => {
    const [cacheDir, building] = await stopped(768)
    await damage(building)
    expect(await goOn(cacheDir)).toBe(from)
  })

  test('with other sources it starts anew', async () => {
    const [cacheDir] = await stopped(768)
    const seen: number[] = []
    const onProgress = ({ done }: { done: number }) => seen.push(done)
    await (await openPacked(cheapPlan({ sources: 'those' }), { cacheDir, onProgress })).close?.()
    expect(seen[0]).toBe(0)
  })

  test('by kill -9, at any moment', async () => {
    const cacheDir = scratch()
    // Once while nothing is packed, and once with a part.
    for (const least of [0, 1]) {
      const child = await startScript('pack.ts', cacheDir, '400')
      for await (const done of child.stdout!.setEncoding('utf8'))
        if (Number.parseInt(done, 10) >= least) break
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    expect(tree(join(cacheDir, 'packed')).some(name => name.endsWith('.lock'))).toBe(true)
    expect(await goOn(cacheDir)).toBeGreaterThan(0)
  })
})

async function cut(path: string, bytes: number): Promise<void> {
  await truncate(path, (await readFile(path)).length - bytes)
}

async function flip(path: string, at: number): Promise<void> {
  const bytes = await readFile(path)
  bytes[at]! ^= 4
  await writeFile(path, bytes)
}
