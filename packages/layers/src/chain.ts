import * as tf from '@tensorflow/tfjs'

/** A model of layers one after another. @param inputShape of one sample, without the batch */
export function chain(
  name: string,
  inputShape: number[],
  layers: readonly tf.layers.Layer[],
): tf.LayersModel {
  const input = tf.input({ shape: inputShape, name: `${name}_input` })
  const output = layers.reduce<tf.SymbolicTensor>((x, layer) => layer.apply(x) as tf.SymbolicTensor, input)
  return tf.model({ name, inputs: input, outputs: output })
}
