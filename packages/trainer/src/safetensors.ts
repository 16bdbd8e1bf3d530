import { GankitError } from '@gankit/core'

/** A float32 array with its shape. */
export interface NamedArray {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/**
 * Arrays as one file in the safetensors format, version 1 (little-endian header length, JSON header, bytes), which
 * Python's safetensors, PyTorch and others read. All arrays are F32, in the order of the map.
 */
export function encodeSafetensors(
  arrays: ReadonlyMap<string, NamedArray>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {}
  let size = 0
  for (const [name, { shape, data }] of arrays) {
    header[name] = { dtype: 'F32', shape, data_offsets: [size, size + data.byteLength] }
    size += data.byteLength
  }
  // Spaces bring the arrays to a multiple of eight bytes.
  const json = new TextEncoder().encode(JSON.stringify(header))
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
 * Reads a safetensors file whose arrays are all F32.
 * @param name of the file, for errors
 * @throws GankitError for anything that is not such a file, truncated ones included
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): Map<string, NamedArray> {
  const wrong = (what: string) =>
    new GankitError('trainer', 'data', `${name} ${what}, expected a safetensors file of F32 arrays`)
  if (bytes.length < 8) throw wrong(`has ${bytes.length} bytes`)
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  const start = 8 + length
  if (start > bytes.length) throw wrong(`ends inside its header of ${length} bytes`)
  let header: Record<string, { dtype: unknown; shape: unknown; data_offsets: unknown }>
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, start)))
  } catch {
    throw wrong('has a header that is not JSON')
  }
  if (typeof header !== 'object' || header === null) throw wrong('has a header that is no object')
  const arrays = new Map<string, NamedArray>()
  for (const [key, entry] of Object.entries(header)) {
    if (key === '__metadata__') continue
    const { dtype, shape, data_offsets: offsets } = entry ?? {}
    if (dtype !== 'F32' || !wholeNumbers(shape) || !wholeNumbers(offsets) || offsets.length !== 2)
      throw wrong(`has an array '${key}' with dtype ${dtype}`)
    const [from, to] = [start + offsets[0]!, start + offsets[1]!]
    const count = shape.reduce((product, side) => product * side, 1)
    if (to > bytes.length || to - from !== 4 * count) throw wrong(`is cut short at '${key}'`)
    arrays.set(key, { shape, data: new Float32Array(bytes.slice(from, to).buffer) })
  }
  return arrays
}

function wholeNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(n => Number.isSafeInteger(n) && n >= 0)
}
