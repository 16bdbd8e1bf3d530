import { GankitError } from '@gankit/core'

/**
 * Refuses a model with a layer from outside TensorFlow.js: their class names have a package before them, as in
 * `@gankit/layers>RadialBasis`.
 * @param topology of a layers model, at any depth
 * @throws GankitError that names the first one
 */
export function checkStockLayers(topology: unknown): void {
  if (typeof topology !== 'object' || topology === null) return
  const { class_name: name } = topology as { class_name?: unknown }
  if (typeof name === 'string' && name.includes('>'))
    throw new GankitError(
      'visualization',
      'data',
      `the generator has a layer ${name}, expected layers of TensorFlow.js alone, as the page has no others: ` +
        'export the model, and open it where that package is imported',
    )
  for (const part of Object.values(topology)) checkStockLayers(part)
}
