import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeWords, GankitError, sha256 } from '@gankit/core'
import type { App } from '@gankit/experiment'
import { type SavedGenerator, sample } from '@gankit/inference'
import { openGenerator } from '@gankit/inference/node'
import { type FeatureRows, type Images, type MetricValue, rPrecision, summarizeSeeds } from '@gankit/metrics'
import type { DescribedSamples } from './captions.ts'

/** Two networks that embed captions and pictures in one space. */
export interface CaptionMatcher {
  readonly name: string
  /** Of the weights of both. */
  readonly sha256: string
  embedCaptions(captions: readonly string[]): Promise<FeatureRows>
  /** @param images disposed of here */
  embedPictures(images: Images): Promise<FeatureRows>
  dispose(): void
}

/**
 * Opens the matcher that an app ships for a kind of data; undefined where it ships none.
 * @throws GankitError where what it ships is none
 */
export async function openCaptionMatcher(
  app: App | undefined,
  kind: string,
): Promise<CaptionMatcher | undefined> {
  const folder = app?.matchers?.[kind]
  if (folder === undefined) return undefined
  const [captions, pictures] = (await Promise.all(
    ['captions', 'pictures'].map(part => openGenerator(join(folder, part))),
  )) as [SavedGenerator, SavedGenerator]
  const { condition } = captions
  if (condition?.kind !== 'tokens' || !condition.words || pictures.condition?.kind !== 'image')
    throw new GankitError(
      'cli',
      'data',
      `${folder} is no matcher, expected networks of captions and of pictures`,
    )
  const { words, length } = condition
  const size = captions.sampleShape[0]!
  const rowsOf = (values: Float32Array): FeatureRows => ({ values, count: values.length / size, size })
  return {
    name: `${app!.name}/${kind}`,
    sha256: await hashWeights(folder),
    async embedCaptions(texts) {
      const tokens = Int32Array.from(texts.flatMap(text => encodeWords(words, length, text).tokens))
      const { samples } = await sample(captions, { count: texts.length, condition: tokens })
      return rowsOf(samples as Float32Array)
    },
    async embedPictures(images) {
      const parts: Float32Array[] = []
      for await (const piece of images) {
        const [condition, count] = [(await piece.data()) as Float32Array, piece.shape[0]!]
        piece.dispose()
        parts.push((await sample(pictures, { count, condition })).samples as Float32Array)
      }
      return rowsOf(Float32Array.from(parts.flatMap(part => [...part])))
    },
    dispose() {
      captions.dispose()
      pictures.dispose()
    },
  }
}

async function hashWeights(folder: string): Promise<string> {
  const files = ['captions', 'pictures'].map(part => readFile(join(folder, part, 'weights.bin')))
  return sha256(new Blob(await Promise.all(files)))
}

interface RPrecisionMeasurement {
  readonly matcher: CaptionMatcher
  readonly samples: DescribedSamples
  readonly split: string
  readonly seeds: readonly number[]
  draw(seed: number): Images
}

/** R-precision of fakes among the captions of all; the floor is that of real pictures. */
export async function measureRPrecision({
  matcher,
  samples,
  split,
  seeds,
  draw,
}: RPrecisionMeasurement): Promise<MetricValue> {
  const captions = await matcher.embedCaptions(samples.captions)
  const candidates = Math.min(100, captions.count)
  const perSeed: number[] = []
  for (const seed of seeds)
    perSeed.push(rPrecision(captions, await matcher.embedPictures(draw(seed)), { candidates, seed }))
  const floor = rPrecision(captions, await matcher.embedPictures(samples.real()), { candidates })
  return summarizeSeeds(perSeed, {
    metric: 'r-precision',
    floor,
    better: 'more',
    nReal: captions.count,
    nFake: captions.count,
    split,
    extractor: { name: matcher.name, sha256: matcher.sha256 },
    seeds,
  })
}
