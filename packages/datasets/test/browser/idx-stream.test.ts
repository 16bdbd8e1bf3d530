import { gzipSync } from 'node:zlib'
import { isGankitError } from '@gankit/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collectIdx } from '../../src/browser/idx-stream.ts'
import { idxBytes, idxImages } from '../idx-bytes.ts'

/** Bytes in pieces of these lengths, the last of them again and again. */
function streamOf(bytes: Uint8Array, pieces: readonly number[] = [bytes.length]): ReadableStream {
  let [at, i] = [0, 0]
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      const end = at + pieces[Math.min(i++, pieces.length - 1)]!
      controller.enqueue(bytes.slice(at, end))
      at = end
    },
  })
}

test('IDX comes whole out of pieces of any length, plain and gzip', async () => {
  const whole = idxImages(7, 5, 3)
  const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(lengths, fc.boolean(), async (pieces, gzip) => {
      const bytes = gzip ? new Uint8Array(gzipSync(whole)) : whole
      const { shape, data } = await collectIdx(streamOf(bytes, pieces), 'images file', 3)
      expect(shape).toEqual([7, 5, 3])
      expect([...data]).toEqual([...whole.subarray(16)])
    }),
  )
})

test('a large file grows into place', async () => {
  const whole = idxImages(300, 100, 100)
  const { data } = await collectIdx(streamOf(whole, [2 ** 16]), 'images file', 3)
  expect(Buffer.compare(data, whole.subarray(16))).toBe(0)
})

test('arbitrary bytes give data or an error that says why', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async bytes => {
      const idx = Uint8Array.from([0, 0, 8, 1, ...bytes])
      for (const given of [idx, bytes]) {
        const got = await collectIdx(streamOf(given), 'labels file', 1).catch(error => error)
        // What is no gzip is no matter of this reader's: the caller says which file it was.
        const gzip = given[0] === 0x1f && given[1] === 0x8b
        expect(gzip || isGankitError(got) || got.data.length === got.shape[0]).toBe(true)
      }
    }),
  )
})

test('a claim of 4 GiB takes no memory, and neither does what comes beyond a claim', async () => {
  const claim = idxBytes([2 ** 16, 2 ** 8, 2 ** 8], new Uint8Array(100))
  await expect(collectIdx(streamOf(claim), 'images file', 3)).rejects.toThrow(
    '[gankit/datasets] images file has 116 bytes, expected 4294967312',
  )
  let taken = 0
  const endless = new ReadableStream({
    start: controller => controller.enqueue(idxImages(1, 2, 2)),
    pull(controller) {
      taken++
      controller.enqueue(new Uint8Array(2 ** 16))
    },
  })
  await expect(collectIdx(endless, 'images file', 3)).rejects.toThrow('has more than 20 bytes, expected 20')
  expect(taken).toBeLessThan(5)
})

test('gzip that unpacks to a thousand times its size, as its header says, is left after 64 MiB', async () => {
  const bomb = new Uint8Array(gzipSync(idxBytes([2 ** 17, 32, 32], Buffer.alloc(2 ** 27))))
  await expect(collectIdx(streamOf(bomb, [2 ** 12]), 'images file', 3)).rejects.toThrow(
    /^\[gankit\/datasets\] images file claims shape 131072×32×32 in \d+ bytes of gzip/,
  )
})

test('an aborted signal ends it with its reason', async () => {
  const reading = collectIdx(streamOf(idxImages(1, 2, 2)), 'images file', 3, AbortSignal.abort('enough'))
  await expect(reading).rejects.toBe('enough')
})
