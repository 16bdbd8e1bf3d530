import { cartoonFaces } from '@gankit/datasets/node'
import { app } from '@gankit/edges-to-faces'
import { drawNoise, sample } from '@gankit/inference'
import { openGenerator } from '@gankit/inference/node'
import { encodePng, tileGrid } from '@gankit/visualization'

/** Label maps, and styles that each is drawn in. */
const [rows, styles] = [5, 9]
const seed = 2

/** Label maps that no training saw, each beside its faces of the same styles, as they come. @returns a PNG file */
export async function drawStyles(): Promise<Uint8Array> {
  const generator = await openGenerator(app.generators!['labels']!.folder)
  const [height, width, channels] = generator.sampleShape as [number, number, number]
  const size = height * width * channels
  const maps = await cartoonFaces({ count: rows, size: height, drawing: 'labels', seed: 77 })
  const { value } = await maps.batches({ size: rows, shuffle: false, epochs: 1 }).next()
  const inputs = (await value!.samples.data()) as Float32Array
  value!.samples.dispose()
  const noise = drawNoise(generator, styles, seed)
  const samples = new Float32Array(rows * (styles + 1) * size)
  for (let row = 0; row < rows; row++) {
    const map = inputs.subarray(row * size, (row + 1) * size)
    const condition = new Float32Array(styles * size)
    for (let i = 0; i < styles; i++) condition.set(map, i * size)
    const faces = await sample(generator, { noise, condition, count: styles })
    samples.set(map, row * (styles + 1) * size)
    samples.set(faces.samples, (row * (styles + 1) + 1) * size)
  }
  return encodePng(
    tileGrid({
      samples,
      sampleShape: [height, width, channels],
      count: rows * (styles + 1),
      columns: styles + 1,
    }),
  )
}
