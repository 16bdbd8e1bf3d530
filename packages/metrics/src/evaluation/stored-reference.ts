import { sha256 } from '@gankit/core'
import type { Features } from '../features/features.ts'

/**
 * Keeps bytes under names: in a folder, a database, a Map. It is a cache: what is missing or damaged is computed anew, and
 * failures to write may be ignored.
 */
export interface ReferenceStore {
  read(name: string): Promise<Uint8Array | undefined>
  write(name: string, bytes: Uint8Array): Promise<void>
}

/** The part of reference statistics that is kept. */
interface StoredReference {
  readonly features: Features
  /** By metric. */
  readonly floors: Readonly<Record<string, number>>
}

/**
 * Version of the bytes and of the metric names in them. Version 1 had no version in its header and other names of metrics.
 * Bytes of another version are computed anew.
 */
export const storedVersion = 2

interface Header {
  readonly version: number
  readonly count: number
  readonly size: number
  readonly classes: number
  readonly floors: Readonly<Record<string, number>>
  /** SHA-256 of the numbers behind the header. */
  readonly sha256: string
}

/** The header's length in 4 bytes, the header as JSON, and float32 numbers: features, then logits. */
export async function encodeReference({ features, floors }: StoredReference): Promise<Uint8Array> {
  const { values, count, size, logits = new Float32Array(0) } = features
  const numbers = new Float32Array(values.length + logits.length)
  numbers.set(values)
  numbers.set(logits, values.length)
  const payload = new Uint8Array(numbers.buffer)
  const header: Header = {
    version: storedVersion,
    count,
    size,
    classes: logits.length / count,
    floors,
    sha256: await sha256(payload),
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const bytes = new Uint8Array(4 + text.length + payload.length)
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 4)
  bytes.set(payload, 4 + text.length)
  return bytes
}

/** @returns undefined for bytes of another version, and for incomplete or damaged ones */
export async function decodeReference(bytes: Uint8Array): Promise<StoredReference | undefined> {
  const found = readHeader(bytes)
  if (found?.header.version !== storedVersion) return undefined
  const { count, size, classes, floors, sha256: expected } = found.header
  const payload = new Uint8Array(bytes.subarray(found.end))
  if (payload.length !== 4 * count * (size + classes) || (await sha256(payload)) !== expected)
    return undefined
  const numbers = new Float32Array(payload.buffer)
  const values = numbers.subarray(0, count * size)
  const logits = classes > 0 ? { logits: numbers.subarray(count * size) } : {}
  return { features: { values, count, size, ...logits }, floors }
}

function readHeader(bytes: Uint8Array): { readonly header: Header; readonly end: number } | undefined {
  try {
    const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, end))) as Header | null
    return header ? { header, end } : undefined
  } catch {
    return undefined
  }
}
