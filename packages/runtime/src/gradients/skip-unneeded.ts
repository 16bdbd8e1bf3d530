import * as tf from '@tensorflow/tfjs'

type FusedConv2d = typeof tf.fused.conv2d
type FusedMatMul = typeof tf.fused.matMul

/**
 * Makes fused conv2d and matMul without an activation skip unneeded gradients. tfjs fuses product and bias even while
 * gradients are recorded, and the gradient of the fused kernel always computes those of both factors: that of the
 * discriminator's weights while the generator learns, and that of real images. Here product and bias stay two kernels while
 * gradients are recorded. The call changes tfjs for the whole process; a second call changes nothing. Where a bundler has
 * sealed tfjs's modules, everything stays as it is.
 */
export function skipUnneededGradients(): void {
  const fused = tf.fused as { conv2d: FusedConv2d; matMul: FusedMatMul }
  if (patched.has(fused.conv2d) || !isWritable(fused)) return
  const { conv2d, matMul } = fused
  fused.conv2d = (config => {
    const { x, filter, strides, pad, bias, activation, dilations, dimRoundingMode } = config
    if (!isRecording() || !isPlain(activation, bias) || (config.dataFormat ?? 'NHWC') !== 'NHWC')
      return conv2d(config)
    const y = tf.conv2d(x as tf.Tensor4D, filter, strides, pad, 'NHWC', dilations, dimRoundingMode)
    return bias ? tf.add(y, bias) : y
  }) as FusedConv2d
  fused.matMul = config => {
    const { a, b, transposeA, transposeB, bias, activation } = config
    if (!isRecording() || !isPlain(activation, bias)) return matMul(config)
    const y = tf.matMul(a, b, transposeA, transposeB)
    return bias ? tf.add(y, bias) : y
  }
  patched.add(fused.conv2d)
}

const patched = new WeakSet<FusedConv2d>()

function isWritable(module: object): boolean {
  const names = ['conv2d', 'matMul']
  return (
    names.every(name => Object.getOwnPropertyDescriptor(module, name)?.writable) && !Object.isFrozen(module)
  )
}

function isRecording(): boolean {
  return tf.engine().state.gradientDepth > 0
}

function isPlain(activation: string | undefined, bias: tf.Tensor | tf.TensorLike | undefined): boolean {
  const vector = bias instanceof tf.Tensor && bias.shape.length === 1
  return (activation ?? 'linear') === 'linear' && (!bias || vector)
}
