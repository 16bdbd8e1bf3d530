import * as tf from '@tensorflow/tfjs'

/** A layer, or a function that builds on the tensor behind the link before it, such as one that brings in a condition. */
export type Link = tf.layers.Layer | ((x: tf.SymbolicTensor) => tf.SymbolicTensor)

/**
 * A model of links one after another: `f(x)`, or `f(x, c)` with a condition.
 * @param inputShape of one sample, without the batch; the input is named `name_input`
 * @param condition what `conditionInput` gave, and links use: it becomes the model's second input
 */
export function chain(
  name: string,
  inputShape: number[],
  links: readonly Link[],
  condition?: tf.SymbolicTensor,
): tf.LayersModel {
  const input = tf.input({ shape: inputShape, name: `${name}_input` })
  const outputs = applyLinks(input, links)
  return tf.model({ name, inputs: condition ? [input, condition] : input, outputs })
}

/** The tensor behind the last of the links. */
export function applyLinks(x: tf.SymbolicTensor, links: readonly Link[]): tf.SymbolicTensor {
  return links.reduce(
    (x, link) => (typeof link === 'function' ? link(x) : (link.apply(x) as tf.SymbolicTensor)),
    x,
  )
}
