import * as tf from '@tensorflow/tfjs'

/** What a gradient gets: `saved` holds the inputs to save, then the outputs to save, in the order registered. */
export interface GradientRule {
  readonly kernelName: string
  readonly inputsToSave?: string[]
  readonly outputsToSave?: boolean[]
  gradient(
    dy: tf.Tensor,
    saved: tf.Tensor[],
    // Each kernel has attributes of its own, and tfjs exports no types for them.
    // biome-ignore lint/suspicious/noExplicitAny: as tfjs itself types them
    attributes: any,
  ): Readonly<Record<string, () => tf.Tensor>>
}

/** Puts a gradient in the place of tfjs's own. */
export function registerRule({ kernelName, inputsToSave, outputsToSave, gradient }: GradientRule): void {
  tf.registerGradient({
    kernelName,
    ...(inputsToSave && { inputsToSave }),
    ...(outputsToSave && { outputsToSave }),
    gradFunc: (dy, saved, attributes) => gradient(dy as tf.Tensor, saved, attributes),
  })
}

/** Runs a kernel that no function of tfjs stands for. It is recorded like any other. */
export function runKernel(
  name: string,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: Readonly<Record<string, unknown>> = {},
): tf.Tensor {
  return tf.engine().runKernel(name, { ...inputs }, { ...attributes } as tf.NamedAttrMap) as tf.Tensor
}

/** A gradient summed over the axes along which an input was broadcast. */
export function sumToShape(input: tf.Tensor, gradient: tf.Tensor): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(input.shape, gradient.shape)
  const summed = axes.length > 0 ? gradient.sum(axes) : gradient
  return tf.util.arraysEqual(summed.shape, input.shape) ? summed : summed.reshape(input.shape)
}
