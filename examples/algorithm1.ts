/**
 * Algorithm 1 of "Generative adversarial networks" (Goodfellow et al. 2014, arXiv 1406.2661), the whole of it, with
 * TensorFlow.js alone: a generator G learns to turn noise into points of a normal distribution that it never sees, from
 * a discriminator D that sees both.
 *
 *     npm run example examples/algorithm1.ts
 */
import * as tf from '@tensorflow/tfjs'

tf.enableProdMode() // without TensorFlow.js's greeting, which asks for a faster backend than this needs

// The data, x: points of a normal distribution with mean 3 and standard deviation 0.5. G doesn't know these numbers.
let seed = 1
const sampleData = (n: number) => tf.randomNormal([n, 1], 3, 0.5, 'float32', seed++)

// The noise, z ~ p(z): standard normal numbers.
const sampleNoise = (n: number) => tf.randomNormal([n, 1], 0, 1, 'float32', seed++)

// Weights that are the same in each run, so that each run prints the same.
const layer = (units: number, activation: 'relu' | 'linear', inputShape?: number[]) => {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: seed++ })
  return tf.layers.dense({ units, activation, kernelInitializer, ...(inputShape && { inputShape }) })
}

// G(z): a number of noise becomes a point.
const generator = tf.sequential({ layers: [layer(16, 'relu', [1]), layer(1, 'linear')] })

// D(x): a point becomes a logit, above zero where D takes the point for real. The probability is sigmoid(logit).
const discriminator = tf.sequential({
  layers: [layer(32, 'relu', [1]), layer(32, 'relu'), layer(1, 'linear')],
})

// From logits: log D(x) = −softplus(−logit) and log(1 − D(x)) = −softplus(logit), which are finite for every logit.
const logReal = (logits: tf.Tensor) => tf.neg(tf.softplus(tf.neg(logits)))
const logFake = (logits: tf.Tensor) => tf.neg(tf.softplus(logits))

const steps = 1_000 // iterations of training
const k = 1 // updates of D in each iteration
const m = 64 // samples in a minibatch
const optimizerD = tf.train.adam(2e-3, 0.5, 0.99)
const optimizerG = tf.train.adam(1e-3, 0.5, 0.99)

/** The weights that one player's update may change: the other player's stay as they are. */
const weights = (model: tf.LayersModel) => model.trainableWeights.map(weight => weight.read() as tf.Variable)

/**
 * One update of D: it ascends E log D(x) + E log(1 − D(G(z))), so its loss, which is minimized, has the opposite sign.
 * At the equilibrium D(x) = 1/2 everywhere and the loss is 2·ln 2 = 1.386.
 */
function updateDiscriminator(): number {
  return tf.tidy(() => {
    const real = sampleData(m)
    const fake = generator.predict(sampleNoise(m)) as tf.Tensor
    const loss = () => {
      const onReal = discriminator.apply(real, { training: true }) as tf.Tensor
      const onFake = discriminator.apply(fake, { training: true }) as tf.Tensor
      return tf.neg(tf.add(tf.mean(logReal(onReal)), tf.mean(logFake(onFake)))) as tf.Scalar
    }
    return optimizerD.minimize(loss, true, weights(discriminator))!.dataSync()[0]!
  })
}

/**
 * One update of G. As published it descends E log(1 − D(G(z))), whose gradient vanishes where D is sure that fakes are
 * fake; section 3 of the paper has it ascend E log D(G(z)) instead, with the same fixed point: −E log D(G(z)) is the
 * non-saturating loss, ln 2 = 0.693 at the equilibrium.
 */
function updateGenerator(): number {
  return tf.tidy(() => {
    const noise = sampleNoise(m)
    const loss = () => {
      const fake = generator.apply(noise, { training: true }) as tf.Tensor
      const onFake = discriminator.apply(fake, { training: true }) as tf.Tensor
      return tf.neg(tf.mean(logReal(onFake))) as tf.Scalar
    }
    return optimizerG.minimize(loss, true, weights(generator))!.dataSync()[0]!
  })
}

/** How far G's distribution is from that of the data: the Wasserstein distance, the mean gap of sorted samples. */
function measureDistance(n = 2_000): number {
  const sorted = (points: tf.Tensor) => points.dataSync<'float32'>().sort()
  return tf.tidy(() => {
    const [fake, real] = [sorted(generator.predict(sampleNoise(n)) as tf.Tensor), sorted(sampleData(n))]
    return fake.reduce((sum, point, i) => sum + Math.abs(point - real[i]!), 0) / n
  })
}

export const distances = [measureDistance()]
console.log(`before training the distance is ${distances[0]!.toFixed(2)}`)
for (let step = 1; step <= steps; step++) {
  let lossD = 0
  for (let i = 0; i < k; i++) lossD = updateDiscriminator()
  const lossG = updateGenerator()
  if (step % (steps / 10) > 0) continue
  distances.push(measureDistance())
  console.log(
    `step ${step}: D ${lossD.toFixed(3)}, G ${lossG.toFixed(3)}, distance ${distances.at(-1)!.toFixed(2)}`,
  )
}
