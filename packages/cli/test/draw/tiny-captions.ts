import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { encodeWords, type Generator, listVocabulary } from '@gankit/core'
import { createDcgan } from '@gankit/dcgan'
import { captionedGenerator, textEncoder } from '@gankit/gan-cls'
import type { CaptionCondition } from '@gankit/inference'
import { saveGenerator } from '@gankit/inference/node'
import * as tf from '@tensorflow/tfjs'

/** Words in a caption, at most. */
const length = 6

/** A generator of captions, untrained, of 16 × 16 pixels, that knows the words of these captions. */
export function tinyCaptions(
  examples: readonly string[],
): Generator & { readonly condition: CaptionCondition } {
  const words = listVocabulary(examples.flatMap(text => text.match(/\p{Script=Han}|[a-z]+/gu)!))
  const captions = {
    kind: 'tokens',
    length,
    vocabulary: words.length,
    words,
    examples: examples.map(text => encodeWords(words, length, text).tokens),
  } as const
  const gan = createDcgan({
    imageShape: [16, 16, 3],
    base: 4,
    latent: { size: 5 },
    condition: { kind: 'vector', size: 8 },
  })
  const encoder = textEncoder({ captions, size: 8, tokenSize: 6, filters: 8 })
  // First weights draw all but gray.
  for (const weight of gan.generator.trainableWeights) {
    const [larger, before] = [tf.mul(weight.read(), 12), weight.read()]
    if (before.rank > 1) weight.write(larger)
    larger.dispose()
  }
  return { ...captionedGenerator({ gan, textEncoder: encoder, captions }), condition: captions }
}

/** Saves the same in a folder. */
export async function saveTinyCaptions(folder: string, examples: readonly string[]): Promise<void> {
  await tf.setBackend('cpu')
  const generator = tinyCaptions(examples)
  await saveGenerator(folder, generator)
  generator.model.dispose()
}

export const faceCaptions: readonly string[] = [
  'curly red hair and round glasses',
  'bald with a beard',
  '戴墨镜的红发',
]
const birdCaptions = ['this bird is red with black wings', '红色小鸟']

/** An app with generators of faces and of birds, the faces usual. @returns its folder */
export async function writeCaptionsApp(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true })
  await saveTinyCaptions(join(folder, 'generators/faces'), faceCaptions)
  await saveTinyCaptions(join(folder, 'generators/birds'), birdCaptions)
  const manifest = { name: 'tiny-captions', type: 'module', exports: './index.js', gankit: { app: true } }
  const at = (name: string) => JSON.stringify(resolve(folder, 'generators', name))
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  writeFileSync(
    join(folder, 'index.js'),
    `export const app = {
      name: 'tiny-captions', title: 'Small pictures of words', presets: {}, defaultPreset: 'none',
      data: { default: 'cartoon:100', kinds: { samples: 'images' } },
      generator: ${at('faces')},
      generators: { faces: { folder: ${at('faces')} }, birds: { folder: ${at('birds')} } },
    }\n`,
  )
  return folder
}
