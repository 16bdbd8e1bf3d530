import type { Features } from '../features.ts'
import { sha256Of } from '../sha256.ts'

/** Keeps bytes under names: a folder, a database, a Map. What can't be had anew must not be kept here alone. */
export interface FigureStore {
  read(name: string): Promise<Uint8Array | undefined>
  write(name: string, bytes: Uint8Array): Promise<void>
}

/** What is kept of real samples. */
export interface StoredSide {
  readonly features: Features
  readonly floors: Readonly<Record<string, number>>
}

interface Header {
  readonly count: number
  readonly size: number
  readonly classes: number
  readonly floors: Readonly<Record<string, number>>
  /** Of the numbers behind it. */
  readonly sha256: string
}

/** The header's length in 4 bytes, the header as JSON, and float32 numbers: features, then logits. */
export async function encodeSide({ features, floors }: StoredSide): Promise<Uint8Array> {
  const { values, count, size, logits = new Float32Array(0) } = features
  const numbers = new Float32Array(values.length + logits.length)
  numbers.set(values)
  numbers.set(logits, values.length)
  const payload = new Uint8Array(numbers.buffer)
  const header: Header = {
    count,
    size,
    classes: logits.length / count,
    floors,
    sha256: await sha256Of(payload),
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const bytes = new Uint8Array(4 + text.length + payload.length)
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 4)
  bytes.set(payload, 4 + text.length)
  return bytes
}

/** Undefined for anything that isn't whole: then it is had anew. */
export async function decodeSide(bytes: Uint8Array): Promise<StoredSide | undefined> {
  const header = headerIn(bytes)
  if (!header) return undefined
  const { count, size, classes, floors, sha256, end } = header
  const payload = new Uint8Array(bytes.subarray(end))
  if (payload.length !== 4 * count * (size + classes) || (await sha256Of(payload)) !== sha256)
    return undefined
  const numbers = new Float32Array(payload.buffer)
  const values = numbers.subarray(0, count * size)
  const logits = classes > 0 ? { logits: numbers.subarray(count * size) } : {}
  return { features: { values, count, size, ...logits }, floors }
}

function headerIn(bytes: Uint8Array): (Header & { readonly end: number }) | undefined {
  try {
    const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
    return { ...(JSON.parse(new TextDecoder().decode(bytes.subarray(4, end))) as Header), end }
  } catch {
    return undefined
  }
}
