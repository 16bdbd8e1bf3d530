import type { Dataset } from '@gankit/core'
import { compareVariety, type Extractor, type Images, readImages, type Variety } from '@gankit/metrics'
import type { EvaluationTarget } from './target.ts'

/** Samples that are classified, at most: enough for a value that one of a hundred has. */
const maxSamples = 2000

/** What variety is measured with. */
export interface VarietyOptions {
  readonly target: EvaluationTarget
  readonly dataset: Dataset
  readonly extractor: Extractor
  readonly count: number
  readonly seed: number
}

/** Which classes, or values of attributes, fakes lack; undefined for an extractor that classifies nothing. */
export async function measureVariety({
  target,
  dataset,
  extractor,
  ...options
}: VarietyOptions): Promise<Variety | undefined> {
  const { attributes, classifyAttributes } = extractor
  if (!attributes || !classifyAttributes) return undefined
  const count = Math.min(options.count, maxSamples)
  const classify = async (images: Images) => {
    const codes: number[] = []
    for await (const piece of images) {
      codes.push(...(await classifyAttributes(piece)))
      piece.dispose()
    }
    return codes
  }
  const fakes = await classify(target.sample(count, options.seed))
  return compareVariety(attributes, fakes, await classify(readImages(dataset, count, options.seed)))
}
