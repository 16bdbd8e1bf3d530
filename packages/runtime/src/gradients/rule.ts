import * as tf from '@tensorflow/tfjs'

/** The gradient of a kernel. Its `saved` holds the inputs to save, then the outputs to save, in the order registered. */
export interface GradientRule {
  readonly kernelName: string
  readonly inputsToSave?: string[]
  readonly outputsToSave?: boolean[]
  gradient(
    dy: tf.Tensor,
    saved: tf.Tensor[],
    // The attributes differ from kernel to kernel, and tfjs exports no types for them.
    // biome-ignore lint/suspicious/noExplicitAny: as tfjs itself types them
    attributes: any,
  ): Readonly<Record<string, () => tf.Tensor>>
}

/** Registers a gradient in place of tfjs's own. */
export function registerRule({ kernelName, inputsToSave, outputsToSave, gradient }: GradientRule): void {
  tf.registerGradient({
    kernelName,
    ...(inputsToSave && { inputsToSave }),
    ...(outputsToSave && { outputsToSave }),
    gradFunc: (dy, saved, attributes) => gradient(dy as tf.Tensor, saved, attributes),
  })
}

/** Runs a kernel for which tfjs exports no function. The tape records the kernel like any other. */
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
