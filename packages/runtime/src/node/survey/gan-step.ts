import * as tf from '@tensorflow/tfjs'

/** Training steps of a small convolutional GAN for 28×28 images: one update of each network. */
export function createGanStep(batch: number): { run(): Promise<void>; dispose(): void } {
  let seed = 1
  const weight = (shape: number[]) =>
    tf.tidy(() => tf.variable(tf.randomNormal(shape, 0, 0.05, 'float32', seed++)))
  const generator = {
    dense: weight([64, 7 * 7 * 64]),
    up1: weight([5, 5, 32, 64]),
    up2: weight([5, 5, 1, 32]),
  }
  const discriminator = {
    down1: weight([5, 5, 1, 32]),
    down2: weight([5, 5, 32, 64]),
    dense: weight([7 * 7 * 64, 1]),
  }
  const real = tf.randomUniform([batch, 28, 28, 1], -1, 1, 'float32', seed)
  const latents = tf.randomNormal([batch, 64], 0, 1, 'float32', seed)

  const generate = (): tf.Tensor => {
    const { dense, up1, up2 } = generator
    const seeds = tf
      .matMul(latents as tf.Tensor2D, dense as tf.Tensor2D)
      .relu()
      .reshape([batch, 7, 7, 64])
    const half = tf.conv2dTranspose(seeds as tf.Tensor4D, up1 as tf.Tensor4D, [batch, 14, 14, 32], 2, 'same')
    return tf
      .conv2dTranspose(half.relu() as tf.Tensor4D, up2 as tf.Tensor4D, [batch, 28, 28, 1], 2, 'same')
      .tanh()
  }
  const discriminate = (images: tf.Tensor): tf.Tensor => {
    const { down1, down2, dense } = discriminator
    const half = tf.conv2d(images as tf.Tensor4D, down1 as tf.Tensor4D, 2, 'same').leakyRelu(0.2)
    const quarter = tf.conv2d(half as tf.Tensor4D, down2 as tf.Tensor4D, 2, 'same').leakyRelu(0.2)
    return tf.matMul(quarter.reshape([batch, 7 * 7 * 64]), dense as tf.Tensor2D)
  }
  const computeLoss = (images: tf.Tensor, sign: number) =>
    tf.softplus(discriminate(images).mul(sign)).mean() as tf.Scalar
  const optimizers = { generator: tf.train.adam(2e-4, 0.5), discriminator: tf.train.adam(2e-4, 0.5) }
  const update = (name: 'generator' | 'discriminator', loss: () => tf.Scalar) => {
    const weights = Object.values(name === 'generator' ? generator : discriminator)
    return optimizers[name].minimize(loss, true, weights)!
  }
  return {
    async run() {
      const losses = tf.tidy(() => [
        update('discriminator', () => tf.add(computeLoss(real, -1), computeLoss(generate(), 1)) as tf.Scalar),
        update('generator', () => computeLoss(generate(), -1)),
      ])
      for (const loss of losses) await loss.data()
      tf.dispose(losses)
    },
    dispose() {
      for (const optimizer of Object.values(optimizers)) optimizer.dispose()
      tf.dispose([real, latents, ...Object.values(generator), ...Object.values(discriminator)])
    },
  }
}
