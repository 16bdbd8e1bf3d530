import type { Forward } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

const activations: ReadonlySet<string> = new Set(['Activation', 'ReLU', 'LeakyReLU', 'ELU', 'PReLU'])

/**
 * What the hidden layers of a network make of its input, first layer first: the outputs of its activation layers, for
 * feature matching (Salimans et al. 2016, arXiv 1606.03498, section 3.1). The network's weights are used, not copied.
 * @returns a function of the network's inputs and the manner of the pass
 */
export function featuresOfHiddenLayers(
  network: tf.LayersModel,
): (inputs: readonly tf.Tensor[], how: Forward) => readonly tf.Tensor[] {
  const outputs = network.layers
    .filter(layer => activations.has(layer.getClassName()))
    .map(layer => layer.output as tf.SymbolicTensor)
  if (outputs.length === 0) return () => []
  const model = tf.model({ inputs: network.inputs, outputs })
  return (inputs, how) => {
    const features = model.apply(inputs.length === 1 ? inputs[0]! : [...inputs], { ...how })
    return Array.isArray(features) ? (features as tf.Tensor[]) : [features as tf.Tensor]
  }
}
