import { read } from 'node:fs'

/** Reads samples of one size from a file, all at once. @returns their bytes in the order of `indices` */
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
