import { crc32 } from 'node:zlib'

/**
 * The index has one record a sample: CRC-32 of its bytes and its label (−1: none), 32 bits each, little-endian, then
 * one byte an attribute.
 */
export function recordLength(attributes: number): number {
  return 8 + attributes
}

export function writeRecord(
  record: Uint8Array,
  bytes: Uint8Array,
  label: number,
  codes: Uint8Array | undefined,
): void {
  const view = new DataView(record.buffer, record.byteOffset)
  view.setUint32(0, crc32(bytes), true)
  view.setInt32(4, label, true)
  if (codes) record.set(codes, 8)
}

/** What an index says of all samples, column by column. */
export interface Columns {
  readonly checksums: Uint32Array
  readonly labels: Int32Array
  /** [samples, attributes], row-major */
  readonly codes: Uint8Array
}

export function readRecords(index: Uint8Array, attributes: number): Columns {
  const length = recordLength(attributes)
  const samples = Math.floor(index.length / length)
  const view = new DataView(index.buffer, index.byteOffset, index.length)
  const columns: Columns = {
    checksums: new Uint32Array(samples),
    labels: new Int32Array(samples),
    codes: new Uint8Array(samples * attributes),
  }
  for (let i = 0; i < samples; i++) {
    columns.checksums[i] = view.getUint32(i * length, true)
    columns.labels[i] = view.getInt32(i * length + 4, true)
    columns.codes.set(index.subarray(i * length + 8, (i + 1) * length), i * attributes)
  }
  return columns
}
