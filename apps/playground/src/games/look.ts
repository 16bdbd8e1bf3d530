import { forward, latentNumbers, randomStream } from '@gankit/core'
import {
  densityLatents,
  latticeLatents,
  mapLatents,
  placesInPlane,
  placesOnLine,
  smoothDensity,
} from '@gankit/visualization'
import * as tf from '@tensorflow/tfjs'
import type { BuiltGame } from './build-game.ts'
import {
  type DeadUnits,
  type LineLook,
  type Look,
  linePlaces,
  type PlaneLook,
  planeSide,
} from './look-shapes.ts'

/** Fakes of a look: all are measured, the first of them drawn. */
const fakeCount = 1000
const drawnCount = 400
const arrowCount = 60
const lineFakes = 4000
const noiseCount = 250

/** A look at a game, and the fakes that are measured. */
export interface TakenLook {
  readonly look: Look
  readonly fakes: Float32Array
  readonly dead: DeadUnits
}

/** Looks at networks with fixed inputs, so that a picture moves only as the networks do. */
export class Looker {
  private readonly game: BuiltGame
  private readonly places: tf.Tensor2D
  private readonly latents: tf.Tensor2D
  private readonly pattern: tf.Tensor2D
  private readonly reals: tf.Tensor2D
  private readonly seed: number

  constructor(game: BuiltGame, seed: number) {
    this.game = game
    this.seed = seed
    const { latent } = game.gan
    const { distribution, extent } = game.data
    const isLine = distribution.dimensions === 1
    this.places = isLine
      ? tf.tensor2d(placesOnLine(extent[0]!, linePlaces), [linePlaces, 1])
      : tf.tensor2d(placesInPlane(extent, planeSide), [planeSide ** 2, 2])
    const count = isLine ? lineFakes : fakeCount
    const random = randomStream(seed, 'playground/look')
    const numbers = isLine ? densityLatents(latent, count, random) : latentNumbers(latent, count, random)
    this.latents = tf.tensor2d(numbers, [count, latent.size])
    const pattern = isLine ? mapLatents(latent, numbers) : latticeLatents(latent)
    this.pattern = tf.tensor2d(pattern, [pattern.length / latent.size, latent.size])
    this.reals = tf.tensor2d(distribution.sample(randomStream(seed, 'playground/reals'), drawnCount), [
      drawnCount,
      distribution.dimensions,
    ])
  }

  take(): TakenLook {
    const { gan, objective, data } = this.game
    const results = tf.tidy(() => {
      const fakes = forward(gan.generator, this.latents)
      const pattern = forward(gan.generator, this.pattern)
      const verdicts = tf.sigmoid(forward(gan.discriminator, this.places))
      const from = data.distribution.dimensions === 1 ? pattern : fakes.slice([0, 0], [arrowCount, 2])
      const count = from.shape[0]!
      // The mean of losses: each fake's own slope is as many times as steep.
      const slopes = tf
        .grad(x => {
          const logits = forward(gan.discriminator, x)
          return objective.generator(
            logits,
            objective.comparesWithReal
              ? forward(gan.discriminator, this.reals.slice([0, 0], [count, -1]))
              : undefined,
          )
        })(from)
        .mul(-count)
      // Fakes on the line may be in the order of their latents: strides are a fair choice.
      const stride = Math.floor(fakes.shape[0]! / drawnCount)
      const some = fakes.stridedSlice([0, 0], fakes.shape, [stride, 1]).slice([0, 0], [drawnCount, -1])
      const [realLogits, fakeLogits] = [this.reals, some].map(samples =>
        forward(gan.discriminator, samples),
      ) as [tf.Tensor, tf.Tensor]
      const losses = tf.stack([
        objective.discriminator(realLogits, fakeLogits),
        objective.generator(fakeLogits, objective.comparesWithReal ? realLogits : undefined),
      ])
      const [real, fake] = [tf.sigmoid(realLogits), tf.sigmoid(fakeLogits)]
      return { fakes, pattern, verdicts, from, slopes, real, fake, losses }
    })
    const values = Object.entries(results).map(([name, tensor]) => [
      name,
      tensor.dataSync<'float32'>().slice(),
    ])
    const { fakes, pattern, verdicts, from, slopes, real, fake, losses } = Object.fromEntries(
      values,
    ) as Record<keyof typeof results, Float32Array>
    tf.dispose(results)
    const predictions = { real, fake, losses: { discriminator: losses[0]!, generator: losses[1]! } }
    const dead = {
      generator: shareOfDead(gan.generator, this.latents),
      discriminator: shareOfDead(gan.discriminator, this.reals),
    }
    if (data.distribution.dimensions === 1) {
      const density = smoothDensity(fakes, data.extent[0]!, linePlaces)
      const latents = this.pattern.slice([0, 0], [-1, 1])
      const look: LineLook = {
        kind: 'line',
        verdicts,
        density,
        latents: latents.dataSync<'float32'>().slice(),
        images: pattern,
        slopes,
        predictions,
      }
      latents.dispose()
      // The fakes may be in the order of their latents: every fourth is a fair choice.
      return { look, fakes: fakes.filter((_, i) => i % (lineFakes / fakeCount) === 0), dead }
    }
    const arrows = Float32Array.from({ length: 4 * arrowCount }, (_, i) =>
      i % 4 < 2 ? from[2 * (i >> 2) + (i % 4)]! : slopes[2 * (i >> 2) + (i % 4) - 2]!,
    )
    const look: PlaneLook = {
      kind: 'plane',
      verdicts,
      fakes: fakes.slice(0, 2 * drawnCount),
      lattice: pattern,
      arrows,
      predictions,
    }
    return { look, fakes, dead }
  }

  /** Real samples for the plot, [n, dimensions]. */
  drawReals(): Float32Array {
    const { distribution } = this.game.data
    return distribution.sample(randomStream(this.seed, 'playground/drawn'), drawnCount)
  }

  /** Latents for the plot of the noise, and the lattice of z before G bends it: the first numbers of each, [n, 1 or 2]. */
  drawLatents(): { readonly noise: Float32Array; readonly lattice: Float32Array } {
    const { latent } = this.game.gan
    const drawn = latentNumbers(latent, noiseCount, randomStream(this.seed, 'playground/noise'))
    const lattice = this.game.data.distribution.dimensions === 1 ? new Float32Array() : latticeLatents(latent)
    return { noise: firstNumbers(drawn, latent.size), lattice: firstNumbers(lattice, latent.size) }
  }

  dispose(): void {
    tf.dispose([this.places, this.latents, this.pattern, this.reals])
  }
}

/** @returns the first two numbers of each latent, or its only one */
function firstNumbers(latents: Float32Array, size: number): Float32Array {
  return size <= 2 ? latents : latents.filter((_, i) => i % size < 2)
}

/** @returns 0 for networks without ReLU */
function shareOfDead(model: tf.LayersModel, inputs: tf.Tensor): number {
  const layers = model.layers.filter(layer => /^relu_\d/.test(layer.name))
  if (layers.length === 0) return 0
  let [dead, units] = [0, 0]
  tf.tidy(() => {
    const outputs = layers.map(layer => layer.output as tf.SymbolicTensor)
    const hidden = tf.model({ inputs: model.inputs, outputs }).apply(inputs) as tf.Tensor | tf.Tensor[]
    for (const values of [hidden].flat()) {
      dead += tf.sum(tf.equal(tf.max(values, 0), 0)).dataSync()[0]!
      units += values.shape.at(-1)!
    }
  })
  return dead / units
}
