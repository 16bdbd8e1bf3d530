import { GankitError } from '@gankit/core'
import { type LayerWriter, permute, requireWeight, type Weight } from '../layer.ts'

/**
 * A kernel divided by its largest singular value σ = uᵀWv, as numbers.
 * @param matrix the kernel as [rows, out]
 */
export function divideBySpectralNorm(kernel: Weight, matrix: Weight, u: Weight, v: Weight): Weight {
  const out = u.values.length
  let sigma = 0
  for (let row = 0; row < v.values.length; row++)
    for (let column = 0; column < out; column++)
      sigma += v.values[row]! * matrix.values[row * out + column]! * u.values[column]!
  return { values: kernel.values.map(value => value / sigma), shape: kernel.shape }
}

/** Writes the wrapped layer, with the kernel that it has in inference. @param writers of the layers that may be wrapped */
export function writeSpectralNormalization(
  writers: (className: string) => LayerWriter | undefined,
): LayerWriter {
  return (call, graph) => {
    const { className, config } = call.config['layer'] as {
      readonly className: string
      readonly config: Record<string, unknown>
    }
    const write = writers(className)
    if (!write)
      throw new GankitError(
        'inference',
        'data',
        `layer '${call.name}' divides the kernel of a layer of class ${className}, expected a dense layer or a convolution`,
      )
    const kernel = requireWeight(call, 'kernel')
    const matrix = className === 'Conv2DTranspose' ? permute(kernel, [0, 1, 3, 2]) : kernel
    const divided = divideBySpectralNorm(kernel, matrix, requireWeight(call, 'u'), requireWeight(call, 'v'))
    return write({ ...call, className, config, weights: { ...call.weights, kernel: divided } }, graph)
  }
}
