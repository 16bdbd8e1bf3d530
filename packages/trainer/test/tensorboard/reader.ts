import { expect } from 'vitest'

/** CRC-32C bit by bit, from its polynomial, whose bits RFC 3720 gives in the other order: 0x1edc6f41. */
export function bitwiseCrc(bytes: Uint8Array): number {
  let crc = 0xffffffffn
  for (const byte of bytes)
    for (let bit = 0n; bit < 8n; bit++) {
      const out = (crc & 1n) ^ ((BigInt(byte) >> bit) & 1n)
      crc >>= 1n
      if (out) crc ^= 0x82f63b78n
    }
  return Number(crc ^ 0xffffffffn)
}

/** tensorflow/core/lib/hash/crc32c.h: turned right by 15 bits, then a constant added. */
const masked = (crc: number) => {
  const bits = crc.toString(2).padStart(32, '0')
  return (Number.parseInt(bits.slice(17) + bits.slice(0, 17), 2) + 0xa282ead8) % 2 ** 32
}

/** What the records of an event file hold; each length and CRC is checked. */
export function recordsIn(file: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = []
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true))
    const data = file.subarray(at + 12, at + 12 + length)
    expect(data.length, 'a whole record').toBe(length)
    expect(view.getUint32(at + 8, true)).toBe(masked(bitwiseCrc(file.subarray(at, at + 8))))
    expect(view.getUint32(at + 12 + length, true)).toBe(masked(bitwiseCrc(data)))
    records.push(data)
    at += 16 + length
  }
  return records
}

/** The fields of a protobuf message by number: whole numbers as bigint, others as their bytes. */
export function fieldsOf(bytes: Uint8Array): Map<number, (bigint | Uint8Array)[]> {
  const fields = new Map<number, (bigint | Uint8Array)[]>()
  let at = 0
  const varint = () => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined) throw new Error('the message ends inside a number')
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  const take = (count: number) => {
    if (at + count > bytes.length) throw new Error('the message ends inside a field')
    at += count
    return bytes.subarray(at - count, at)
  }
  while (at < bytes.length) {
    const key = Number(varint())
    const kind = key & 7
    if (![0, 1, 2, 5].includes(kind)) throw new Error(`there is no kind ${kind}`)
    const value = kind === 0 ? varint() : take(kind === 1 ? 8 : kind === 5 ? 4 : Number(varint()))
    fields.set(key >> 3, [...(fields.get(key >> 3) ?? []), value])
  }
  return fields
}

export interface ReadEvent {
  readonly wallTime: number
  readonly step: number
  readonly version?: string
  readonly sessionStatus?: number
  readonly values?: Record<string, unknown>
}

/** The events of a file, by the field numbers of event.proto and summary.proto. */
export function eventsIn(file: Uint8Array): ReadEvent[] {
  return recordsIn(file).map(record => {
    const event = fieldsOf(record)
    const wallTime = event.get(1) ? doubleIn(event.get(1)![0]) : 0
    const step = Number(event.get(2)?.[0] ?? 0n)
    const at = { wallTime, step }
    if (event.has(3)) return { ...at, version: textIn(event.get(3)![0]) }
    if (event.has(7)) return { ...at, sessionStatus: Number(fieldsOf(bytesIn(event.get(7)![0])).get(1)![0]) }
    const values = fieldsOf(bytesIn(event.get(5)![0]))
      .get(1)!
      .map(value => valueIn(bytesIn(value)))
    return { ...at, values: Object.fromEntries(values) }
  })
}

function valueIn(bytes: Uint8Array): [string, unknown] {
  const value = fieldsOf(bytes)
  const tag = textIn(value.get(1)![0])
  const inner = (field: number) => fieldsOf(bytesIn(value.get(field)![0]))
  if (value.has(2)) return [tag, viewOf(value.get(2)![0]).getFloat32(0, true)]
  if (value.has(4)) {
    const [height, width, colorspace] = [1, 2, 3].map(field => Number(inner(4).get(field)![0]))
    return [tag, { height, width, colorspace, png: bytesIn(inner(4).get(4)![0]) }]
  }
  if (value.has(5)) {
    const histogram = inner(5)
    const [min, max, num, sum, sumSquares] = [1, 2, 3, 4, 5].map(field =>
      histogram.has(field) ? doubleIn(histogram.get(field)![0]) : 0,
    )
    const [limits, counts] = [6, 7].map(field => doublesIn(histogram.get(field)![0]))
    return [tag, { min, max, num, sum, sumSquares, limits, counts }]
  }
  expect(textIn(fieldsOf(bytesIn(inner(9).get(1)![0])).get(1)![0])).toBe('text')
  return [tag, textIn(inner(8).get(8)![0])]
}

type Value = bigint | Uint8Array | undefined

function bytesIn(value: Value): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new Error('expected bytes')
  return value
}

function viewOf(value: Value): DataView {
  const { buffer, byteOffset, byteLength } = bytesIn(value)
  return new DataView(buffer, byteOffset, byteLength)
}

const textIn = (value: Value) => new TextDecoder('utf-8', { fatal: true }).decode(bytesIn(value))
const doubleIn = (value: Value) => viewOf(value).getFloat64(0, true)
const doublesIn = (value: Value) =>
  Array.from({ length: bytesIn(value).length / 8 }, (_, i) => viewOf(value).getFloat64(8 * i, true))
