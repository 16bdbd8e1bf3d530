import { GankitError, sizeOfShape } from '@gankit/core'

/** The header of an IDX file. */
export interface IdxHeader {
  /** [n, rows, columns] for images, [n] for labels. */
  readonly shape: readonly number[]
  /** The start of the data, in bytes. */
  readonly offset: number
  /** The length of the data, in bytes. */
  readonly length: number
}

/** Unsigned bytes of some shape, in row-major order. */
export interface Idx {
  readonly shape: readonly number[]
  readonly data: Uint8Array
}

/** Most bytes of data; headers that claim more are damaged. */
const maxLength = 2 ** 32

const elementTypes: Record<number, string> = {
  9: 'signed bytes',
  11: '16-bit integers',
  12: '32-bit integers',
  13: '32-bit floats',
  14: '64-bit floats',
}

/**
 * Reads an IDX file of unsigned bytes, the format of MNIST: 0, 0, element type, number of dimensions, the dimensions
 * as 32-bit big-endian numbers, the data. The data share memory with `bytes`.
 * @param name the file's name in messages, such as 'images file train-images-idx3-ubyte'
 * @param dimensions the expected number of dimensions: 3 for images, 1 for labels; default any
 * @throws GankitError for anything but a whole IDX file of unsigned bytes
 */
export function parseIdx(bytes: Uint8Array, name: string, dimensions?: number): Idx {
  const header = parseIdxHeader(bytes, name, dimensions)
  if (bytes.length !== header.offset + header.length) throw wrongSizeError(name, String(bytes.length), header)
  return { shape: header.shape, data: bytes.subarray(header.offset) }
}

/** Reads the header only, as `parseIdx` does; `bytes` may end anywhere after it. */
export function parseIdxHeader(bytes: Uint8Array, name: string, dimensions?: number): IdxHeader {
  const offset = 4 + 4 * (dimensions ?? bytes[3] ?? 1)
  checkMagic(bytes, name, dimensions)
  if (bytes.length < offset)
    throw new GankitError(
      'datasets',
      'data',
      `${name} has ${bytes.length} bytes, expected a header of ${offset}`,
    )
  const view = new DataView(bytes.buffer, bytes.byteOffset, offset)
  const shape = Array.from({ length: (offset - 4) / 4 }, (_, i) => view.getUint32(4 + 4 * i))
  const length = sizeOfShape(shape)
  if (length > maxLength)
    throw new GankitError(
      'datasets',
      'data',
      `${name} claims shape ${shape.join('×')}, expected at most 4 GiB of data: is its header damaged?`,
    )
  return { shape, offset, length }
}

/** Data of a packed file up to this length, in bytes, are unpacked whatever they are. */
const maxTrustedLength = 64 * 2 ** 20

/** How much images can be packed; blank ones, by deflate, to a thousandth. */
const maxPackedRatio = 200

/**
 * Checks that the data of a gzip file can be images, before they take memory.
 * @param length the bytes that it claims, or that came out of it so far
 * @param packed the bytes that they come from
 * @throws GankitError where it claims far more than so many packed bytes of images give
 */
export function checkPackedLength(name: string, { shape }: IdxHeader, length: number, packed: number): void {
  if (length <= Math.max(maxTrustedLength, packed * maxPackedRatio)) return
  throw new GankitError(
    'datasets',
    'data',
    `${name} claims shape ${shape.join('×')} in ${packed} bytes of gzip, expected images, which shrink to no less than a part in ${maxPackedRatio}: is it damaged? Unpack it to use it all the same`,
  )
}

/** The error for data that are shorter or longer than the header says. */
export function wrongSizeError(name: string, got: string, { shape, offset, length }: IdxHeader): GankitError {
  const expected = `expected ${offset + length} (a header of ${offset}, then ${shape.join('×')})`
  return new GankitError('datasets', 'data', `${name} has ${got} bytes, ${expected}: is it a whole copy?`)
}

function checkMagic(bytes: Uint8Array, name: string, dimensions?: number): void {
  const [zero, alsoZero, type, got] = bytes
  const isBytes = zero === 0 && alsoZero === 0 && type === 8
  if (isBytes && got !== undefined && got > 0 && (dimensions ?? got) === got) return
  const expected = dimensions
    ? `0x${(0x800 + dimensions).toString(16).padStart(8, '0')} (IDX, ${dimensions} dimension${dimensions > 1 ? 's' : ''})`
    : '0x00000801 to 0x000008ff (IDX, unsigned bytes)'
  const magic = Array.from(bytes.subarray(0, 4), byte => byte.toString(16).padStart(2, '0')).join('')
  throw new GankitError(
    'datasets',
    'data',
    `${name} ${magic ? `has magic 0x${magic}` : 'is empty'}, expected ${expected}: ${guessProblem(bytes, isBytes)}`,
  )
}

function guessProblem([zero, alsoZero, type, dimensions]: Uint8Array, isBytes: boolean): string {
  if (zero === 0x1f && alsoZero === 0x8b) return 'unpack this gzip file first'
  if (isBytes && dimensions === 1) return 'is this the labels file?'
  if (isBytes && dimensions === 3) return 'is this the images file?'
  const elements = zero === 0 && alsoZero === 0 && elementTypes[type ?? 0]
  return elements ? `it holds ${elements}, convert them to unsigned bytes` : 'is this an IDX file?'
}
