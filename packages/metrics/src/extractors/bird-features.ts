import { type AttributeExtractor, createAttributeFeatures, createAttributeNet } from './attribute-features.ts'
import type { ConvNet } from './conv-net.ts'

/** More filters than for faces, which are always at the same place. */
export const birdNet: ConvNet = createAttributeNet([24, 32, 64, 64], 65)

/**
 * A small classifier of the attributes of birds ([n, 64, 64, 3]) that comes with the package: 128 features, and
 * `classifyAttributes` for the attributes of `birds`, in its order. It gives no `logits`, since it has ten classifications and
 * not one. Its weights are loaded by the call.
 * @throws GankitError when the weights are damaged, and from `extract` for images of another shape
 */
export async function birdFeatures(): Promise<AttributeExtractor> {
  return createAttributeFeatures('birds', 'birdFeatures', birdNet, await import('./bird-weights.data.ts'))
}
