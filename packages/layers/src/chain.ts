import * as tf from '@tensorflow/tfjs'

/** A layer, or a function of what comes before it and of the model's input. */
export type Link = tf.layers.Layer | ((x: tf.SymbolicTensor, input: tf.SymbolicTensor) => tf.SymbolicTensor)

/** A model of layers one after another. @param inputShape of one sample, without the batch */
export function chain(name: string, inputShape: number[], links: readonly Link[]): tf.LayersModel {
  const input = tf.input({ shape: inputShape, name: `${name}_input` })
  const output = links.reduce<tf.SymbolicTensor>(
    (x, link) => (typeof link === 'function' ? link(x, input) : (link.apply(x) as tf.SymbolicTensor)),
    input,
  )
  return tf.model({ name, inputs: input, outputs: output })
}
