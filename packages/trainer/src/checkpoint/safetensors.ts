import { GankitError, parseJson, sizeOfShape } from '@gankit/core'

/** A float32 or int32 array with its shape. */
export interface NamedArray {
  readonly shape: readonly number[]
  readonly data: Float32Array | Int32Array
}

/** What the header says of one array: `[from, to]` in bytes behind the header. */
interface Entry {
  readonly dtype: 'F32' | 'I32'
  readonly shape: readonly number[]
  readonly from: number
  readonly to: number
}

const metadataKey = '__metadata__'

/**
 * Arrays as one file in the safetensors format, version 1 (little-endian header length, JSON header, bytes), which
 * Python's safetensors, PyTorch and others read. Arrays are F32 or I32, in the order of the map.
 * @throws GankitError when an array's shape is not that of its data, or its name is the format's own
 */
export function encodeSafetensors(
  arrays: ReadonlyMap<string, NamedArray>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const header: [string, unknown][] = metadata ? [[metadataKey, metadata]] : []
  let size = 0
  for (const [name, { shape, data }] of arrays) {
    if (name === metadataKey || data.length !== sizeOfShape(shape))
      throw new GankitError(
        'trainer',
        'data',
        `an array '${name}' of shape [${shape}] has ${data.length} numbers, expected as many as its shape says, and a name other than ${metadataKey}`,
      )
    header.push([
      name,
      {
        dtype: data instanceof Int32Array ? 'I32' : 'F32',
        shape,
        data_offsets: [size, size + data.byteLength],
      },
    ])
    size += data.byteLength
  }
  // Spaces bring the arrays to a multiple of eight bytes.
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)))
  const start = 8 + Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(start + size).fill(0x20, 8 + json.length, start)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true)
  bytes.set(json, 8)
  let offset = start
  for (const { data } of arrays.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset)
    offset += data.byteLength
  }
  return bytes
}

/**
 * Reads a safetensors file whose arrays are F32 or I32.
 * @param name of the file, for errors
 * @throws GankitError for anything that is not such a file, truncated ones included
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): Map<string, NamedArray> {
  const wrong = (what: string) =>
    new GankitError('trainer', 'data', `${name} ${what}, expected a safetensors file of F32 or I32 arrays`)
  if (bytes.length < 8) throw wrong(`has ${bytes.length} bytes`)
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  const start = 8 + length
  if (start > bytes.length) throw wrong(`ends inside its header of ${length} bytes`)
  let header: unknown
  try {
    header = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, start)))
  } catch {
    throw wrong('has a header that is not JSON')
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw wrong('has a header that is no object')

  const entries = new Map<string, Entry>()
  for (const [key, value] of Object.entries(header))
    if (key !== metadataKey) {
      const entry = entryOf(value)
      // A name may hold line feeds; the message is one line.
      if (typeof entry === 'string') throw wrong(`has an array ${JSON.stringify(key)} with ${entry}`)
      entries.set(key, entry)
    }
  // The arrays follow one another from the header to the file's end: none overlap, nothing is hidden between.
  let end = 0
  for (const [key, { from, to }] of [...entries].sort(([, a], [, b]) => a.from - b.from || a.to - b.to)) {
    if (from !== end) throw wrong(`has ${JSON.stringify(key)} at byte ${from} behind the header, not ${end}`)
    end = to
  }
  if (start + end !== bytes.length)
    throw wrong(`has ${bytes.length} bytes where its header says ${start + end}`)

  const arrays = new Map<string, NamedArray>()
  for (const [key, { dtype, shape, from, to }] of entries) {
    // A copy: the bytes need not be aligned to four, and `slice` of a Node Buffer would be a view.
    const data = dtype === 'I32' ? new Int32Array((to - from) / 4) : new Float32Array((to - from) / 4)
    new Uint8Array(data.buffer).set(bytes.subarray(start + from, start + to))
    arrays.set(key, { shape, data })
  }
  return arrays
}

/** A header's entry, or what is wrong with it. */
function entryOf(value: unknown): Entry | string {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>
  if (dtype !== 'F32' && dtype !== 'I32')
    return typeof dtype === 'string' ? `dtype ${JSON.stringify(dtype)}` : 'no dtype'
  if (!wholeNumbers(shape)) return 'a shape that is no list of whole numbers'
  if (!wholeNumbers(offsets) || offsets.length !== 2) return 'offsets that are not two whole numbers'
  const [from, to] = offsets as [number, number]
  if (to - from !== 4 * sizeOfShape(shape)) return `${to - from} bytes for ${sizeOfShape(shape)} numbers`
  return { dtype, shape, from, to }
}

function wholeNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(n => Number.isSafeInteger(n) && n >= 0)
}
