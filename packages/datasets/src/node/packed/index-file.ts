import { crc32 } from 'node:zlib'

/**
 * The length of a record of index.bin in bytes. There is one record per sample: CRC-32 of its bytes and its label (−1: none),
 * 32 bits each, little-endian, then one byte per attribute.
 */
export function recordLength(attributes: number): number {
  return 8 + attributes
}

export function writeRecord(
  record: Uint8Array,
  bytes: Uint8Array,
  label: number,
  attributes: Uint8Array | undefined,
): void {
  const view = new DataView(record.buffer, record.byteOffset)
  view.setUint32(0, crc32(bytes), true)
  view.setInt32(4, label, true)
  if (attributes) record.set(attributes, 8)
}

/** The records of all samples, column by column. */
export interface IndexColumns {
  readonly checksums: Uint32Array
  readonly labels: Int32Array
  /** [samples, attributes], row-major */
  readonly attributes: Uint8Array
}

/** Reads index.bin. @param width the number of attributes */
export function readRecords(index: Uint8Array, width: number): IndexColumns {
  const length = recordLength(width)
  const samples = Math.floor(index.length / length)
  const view = new DataView(index.buffer, index.byteOffset, index.length)
  const columns: IndexColumns = {
    checksums: new Uint32Array(samples),
    labels: new Int32Array(samples),
    attributes: new Uint8Array(samples * width),
  }
  for (let i = 0; i < samples; i++) {
    columns.checksums[i] = view.getUint32(i * length, true)
    columns.labels[i] = view.getInt32(i * length + 4, true)
    columns.attributes.set(index.subarray(i * length + 8, (i + 1) * length), i * width)
  }
  return columns
}
