import type { Dataset } from '@gankit/core'

/** The samples of a dataset as bytes, in its own order. */
export async function pixelsOf(dataset: Dataset): Promise<Uint8Array[]> {
  const pixels: Uint8Array[] = []
  for await (const { samples } of dataset.batches({ size: 1, shuffle: false, epochs: 1 })) {
    pixels.push(Uint8Array.from(await samples.data(), value => Math.round((value + 1) * 127.5)))
    samples.dispose()
  }
  return pixels
}
