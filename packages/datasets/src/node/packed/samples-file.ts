import { read } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

/** Bytes per read while checksums are compared. */
const blockSize = 8 * 2 ** 20

/** Reads samples of one size from pixels.bin, all at once. @returns their bytes in the order of `indices` */
export function readSamples(
  fd: number,
  sampleSize: number,
  indices: Uint32Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const values = new Uint8Array(indices.length * sampleSize)
  return new Promise((resolve, reject) => {
    let left = indices.length
    if (left === 0) resolve(values)
    for (const [row, index] of indices.entries())
      read(fd, values, row * sampleSize, sampleSize, index * sampleSize, (error, bytesRead) => {
        if (error) reject(error)
        else if (bytesRead < sampleSize) reject(new Error(`sample ${index} is cut off`))
        else if (--left === 0) resolve(values)
      })
  })
}

/**
 * Reads all samples of pixels.bin in order and compares their checksums.
 * @returns the number of the first sample that is damaged or cut off, or undefined
 */
export async function findDamagedSample(
  file: FileHandle,
  sampleSize: number,
  checksums: Uint32Array,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const perBlock = Math.max(1, Math.floor(blockSize / sampleSize))
  const buffer = new Uint8Array(perBlock * sampleSize)
  for (let first = 0; first < checksums.length; first += perBlock) {
    signal?.throwIfAborted()
    const length = Math.min(perBlock, checksums.length - first) * sampleSize
    const { bytesRead } = await file.read(buffer, 0, length, first * sampleSize)
    for (let at = 0; at < length; at += sampleSize) {
      const sample = first + at / sampleSize
      const isWhole = at + sampleSize <= bytesRead
      if (!isWhole || crc32(buffer.subarray(at, at + sampleSize)) !== checksums[sample]) return sample
    }
  }
  return undefined
}
