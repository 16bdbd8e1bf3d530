import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cartoonFaces } from '@gankit/datasets/node'
import { app } from '@gankit/face-generation'
import { drawNoise, drawSamples } from '@gankit/inference'
import { openGenerator } from '@gankit/inference/node'
import { selectBackend } from '@gankit/runtime/node'
import { encodePng, type Picture, samplePictures } from '@gankit/visualization'
import { diagram, words } from './diagram.ts'
import { drawHero, themes } from './hero.ts'
import { drawStyles } from './styles.ts'

const images = join(import.meta.dirname, '../../../docs/images')

/** The seed whose first faces are shown, as they come. */
const seed = 3

/** Draws pictures of the READMEs with the generators that come with the apps. */
export async function drawReadmePictures({ out = images }: { readonly out?: string }): Promise<void> {
  await selectBackend()
  const generator = await openGenerator(app.generator!)
  const { samples, sampleShape } = await drawSamples(generator, 30, seed)
  const faces = samplePictures({ samples: Float32Array.from(samples), sampleShape })
  const noise = drawNoise(generator, 1, seed)
  await mkdir(out, { recursive: true })
  const write = async (name: string, data: Uint8Array | string) => {
    await writeFile(join(out, name), data)
    console.log(join(out, name))
  }
  for (const theme of themes) await write(`faces-hero-${theme.name}.png`, drawHero(faces, theme))
  await write('labels-in-styles.png', await drawStyles())
  const pictures = {
    noise: toDataAddress(noisePicture(noise)),
    fake: toDataAddress(faces[0]!),
    real: toDataAddress(await realFace()),
  }
  for (const [language, labels] of Object.entries(words))
    await write(`gan${language}.svg`, diagram(labels, pictures))
}

/** A face of the dataset that the generator learned from. */
async function realFace(): Promise<Picture> {
  const dataset = await cartoonFaces({ count: 8, size: 64 })
  const { value } = await dataset.batches({ size: 8, seed, epochs: 1 }).next()
  const samples = (await value!.samples.data()) as Float32Array
  value!.samples.dispose()
  return samplePictures({ samples, sampleShape: dataset.sampleShape })[0]!
}

/** Numbers of noise as a square of grays: −2 is black, 2 is white. */
function noisePicture(noise: Float32Array): Picture {
  const side = Math.floor(Math.sqrt(noise.length))
  return {
    width: side,
    height: side,
    channels: 1,
    data: Uint8Array.from({ length: side * side }, (_, i) =>
      Math.round(255 * Math.min(1, Math.max(0, (noise[i]! + 2) / 4))),
    ),
  }
}

function toDataAddress(picture: Picture): string {
  return `data:image/png;base64,${Buffer.from(encodePng(picture)).toString('base64')}`
}
