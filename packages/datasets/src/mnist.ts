import { type Dataset, GankitError } from '@gankit/core'
import { fromArrays } from './dataset/from-arrays.ts'

const count = 10_000
const pixels = 28 * 28

let decoded: Promise<Uint8Array> | undefined

/**
 * The 10,000 embedded MNIST digits: [28, 28, 1], white on black, labels 0 … 9, no download. They are training images of
 * MNIST in an order that was shuffled once. The first call decodes them and keeps them, 7.85 MB.
 * LeCun, Cortes, Burges, "The MNIST database of handwritten digits"; CC BY-SA 3.0.
 * @throws GankitError when the embedded bytes are damaged
 */
export async function mnist(): Promise<Dataset> {
  decoded ??= decodeDigits().catch(error => {
    decoded = undefined
    throw error
  })
  const bytes = await decoded
  return fromArrays({
    samples: bytes.subarray(0, count * pixels),
    labels: bytes.subarray(count * pixels),
    shape: [28, 28, 1],
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  })
}

/** Decodes all images, then all labels. */
async function decodeDigits(): Promise<Uint8Array> {
  const { zlibBase64 } = await import('./mnist-digits.data.ts')
  const bytes = await inflate(zlibBase64).catch(cause => {
    throw damagedError('they do not inflate', cause)
  })
  if (bytes.length !== count * (pixels + 1)) throw damagedError(`${bytes.length} bytes`)
  return bytes
}

/** Inflates zlib data; the format ends with a checksum (RFC 1950), which the platform verifies. */
async function inflate(base64: string): Promise<Uint8Array> {
  const binary = atob(base64)
  const deflated = new Uint8Array(binary.length)
  // Twenty times as fast as Uint8Array.from, which iterates over the characters of the string.
  for (let i = 0; i < binary.length; i++) deflated[i] = binary.charCodeAt(i)
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function damagedError(got: string, cause?: unknown): GankitError {
  const message = `embedded digits are damaged (${got}, expected ${count * (pixels + 1)} bytes with a right checksum): install @gankit/datasets again`
  return new GankitError('datasets', 'data', message, { cause })
}
