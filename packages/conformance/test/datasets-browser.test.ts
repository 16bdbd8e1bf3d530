import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { birds, type CartoonStyle, cartoonFaces, cartoonStyles } from '@gankit/datasets'
import { describe, expect, test } from 'vitest'
import type { DatasetTask, SentFile } from '../src/browser/pages/datasets/tasks.ts'
import { isSkipped, skipReason, useDatasetsPage } from './datasets-page.ts'
import { picture, sent } from './pictures.ts'

// What draws faces and birds, as a page would serve it.
const fromDatasets = createRequire(createRequire(import.meta.url).resolve('@gankit/datasets/package.json'))
const renderer = readFileSync(fromDatasets.resolve('@resvg/resvg-wasm/index_bg.wasm'))
describe.skipIf(isSkipped)(`datasets in Chromium${skipReason}`, () => {
  const served: string[] = []
  const { open, address } = useDatasetsPage(async files => {
    for (let i = 0; i < 12; i++)
      files.set(`set/${i % 2 ? 'odd' : 'even'}/${i} ü.png`, await picture(70, 50, i).png().toBuffer())
    served.push(...files.keys())
    files.set('set/images.gz', gzipSync(idx([9, 4, 5])))
    files.set('set/labels', idx([9]))
    files.set('renderer.wasm', renderer)
  })
  const drawn = (from: CartoonStyle | 'birds'): DatasetTask => ({
    from,
    files: [{ url: address('renderer.wasm') }],
  })
  const urls = () => served.map(path => ({ url: address(path) }))

  describe.each([false, true])('in a worker: %s', worker => {
    test.each<[string, () => DatasetTask, object]>([
      [
        'pictures that the page has encoded',
        () => ({ from: 'drawn', drawn: 21, options: { size: [16, 24], labels: 'folders' } }),
        { size: 21, sampleShape: [16, 24, 3], classes: ['jpeg', 'png', 'webp'], skipped: [] },
      ],
      [
        'pictures that are fetched',
        () => ({ from: 'images', files: urls(), options: { size: 16, channels: 1, labels: 'folders' } }),
        { size: 12, sampleShape: [16, 16, 1], classes: ['even', 'odd'], skipped: [] },
      ],
      [
        'fetched IDX files',
        () => ({ from: 'idx', files: ['set/images.gz', 'set/labels'].map(path => ({ url: address(path) })) }),
        { size: 9, sampleShape: [4, 5, 1] },
      ],
      // All of them keep to it in Node, from the same arrays: what a page does by itself is to unpack them.
      [
        'the embedded digits',
        () => ({ from: 'mnist', contract: 500 }),
        { size: 10_000, sampleShape: [28, 28, 1] },
      ],
      ['cartoon faces', () => drawn('personas'), { size: 10, sampleShape: [32, 32, 3] }],
    ])('%s keep to the contract', async (_, task, expected) => {
      const answer = await open({ contract: true, ...task() }, worker)
      expect(answer).toMatchObject({ ...expected, results: { passed: 6, failed: [] } })
    })
  })

  const drawings = ['birds', ...(Object.keys(cartoonStyles) as CartoonStyle[])] as const
  test.each(drawings)('drawings of %s are those of Node', async name => {
    const options = { count: 10, size: 32, wasm: renderer }
    const dataset = await (name === 'birds' ? birds(options) : cartoonFaces({ style: name, ...options }))
    const expected: number[][] = []
    for await (const { samples } of dataset.batches({ size: 1, shuffle: false, epochs: 1 })) {
      expected.push(Array.from(await samples.data(), value => Math.round((value + 1) * 127.5)))
      samples.dispose()
    }
    expect((await open(drawn(name))).pixels).toEqual(expected)
  })

  describe('IDX files', () => {
    const images = idx([9, 4, 5])
    test('are read plain or gzip, with the labels or without', async () => {
      const plain = await open({ from: 'idx', files: [sent('images', images)] })
      const packed = await open({
        from: 'idx',
        files: [sent('images', gzipSync(images)), sent('labels', gzipSync(idx([9])))],
      })
      expect(plain.pixels!.flat()).toEqual([...images.subarray(16)])
      expect(plain.classes).toBeUndefined()
      expect(packed.pixels).toEqual(plain.pixels)
      expect(packed.labels).toEqual([...idx([9]).subarray(8)])
    })

    test.each<[string, () => SentFile[], string]>([
      ['damaged', () => [sent('a.gz', gzipSync(images).subarray(0, 40))], "images file a.gz can't be read ("],
      ['gone', () => [{ url: 'files/gone' }], "images file files/gone can't be read (HTTP 404 Not Found)"],
      [
        'larger than they say',
        () => [sent('a.gz', gzipSync(Buffer.concat([images, Buffer.alloc(2 ** 25)])))],
        'images file a.gz has more than 196 bytes, expected 196',
      ],
      ['short', () => [sent('a', images.subarray(0, 99))], 'images file a has 99 bytes, expected 196'],
      ['others', () => [sent('a', images), sent('b', idx([8]))], 'labels file b has 8 labels, expected 9'],
    ])('that are %s are refused', async (_, files, message) => {
      expect((await open({ from: 'idx', files: files() })).error).toContain(`[gankit/datasets] ${message}`)
    })
  })
})

/** IDX of unsigned bytes in which every byte depends on its place. */
function idx(shape: readonly number[]): Uint8Array {
  const header = Buffer.alloc(4 + 4 * shape.length)
  header.writeUInt32BE(0x800 + shape.length, 0)
  for (const [i, side] of shape.entries()) header.writeUInt32BE(side, 4 + 4 * i)
  const length = shape.reduce((product, side) => product * side)
  const data = Uint8Array.from({ length }, (_, i) => (shape.length === 1 ? i % 3 : (i * 37 + (i >> 4)) % 256))
  return Uint8Array.from(Buffer.concat([header, data]))
}
