import {
  type Dataset,
  type Distribution,
  forward,
  isGankitError,
  type Latent,
  randomStream,
} from '@gankit/core'
import { readSamples } from '@gankit/experiment'
import { modesCovered } from '@gankit/metrics'
import { withAverages } from '@gankit/trainer'
import {
  densityLatents,
  latticeLatents,
  latticePoints,
  lineFigureSvg,
  mapLatents,
  placesInPlane,
  placesOnLine,
  planeFigureSvg,
  smoothDensity,
} from '@gankit/visualization'
import { renderSvg } from '@gankit/visualization/node'
import * as tf from '@tensorflow/tfjs'
import type { SamplesPicture } from '../terminal/pictures.ts'
import type { PreparedRun } from './prepare.ts'
import type { ShownSamples } from './shown-samples.ts'

/** Places along the line at which densities and D are drawn, and cells along each side of D's heat map. */
const [placeCount, side] = [241, 56]
/** Fakes that a density or the modes are measured by, and points that are drawn. */
const [fakeCount, drawnCount] = [4000, 400]
/** Real samples that the plot's range is taken from where nobody knows their distribution, at most. */
const maxReals = 4000
/** Pixels of the picture for each of the figure. */
const zoom = 1.25

/** The figure of a run on points: the game as it is at a step. */
export interface RunFigure {
  /** Draws the networks as they are now; samples that can't be drawn give a text that says why, so that a figure ends no run. */
  draw(): Promise<SamplesPicture>
  dispose(): void
}

/** What a figure shows beside the networks, which stays the same. */
interface Scene {
  readonly noise: Latent
  /** [least, greatest] per dimension. */
  readonly extent: readonly (readonly [number, number])[]
  /** Real samples, [n, dimensions]. */
  readonly reals: Float32Array
  readonly distribution: Distribution | undefined
  readonly inputs: Inputs
}

/** What the networks are asked: tensors that stay. */
interface Inputs {
  /** Where D is asked. */
  readonly places: tf.Tensor2D
  /** Latents of fakes, and of the map from z to x or of the lattice. */
  readonly fakes: tf.Tensor2D
  readonly pattern: tf.Tensor2D
  /** Real samples, where D's zero means nothing and the middle between real and fake is taken for it. */
  readonly reals?: tf.Tensor2D
}

/** What the networks answered. */
interface Answers {
  readonly fakes: Float32Array
  readonly pattern: Float32Array
  /** Of a game without one discriminator, none. */
  readonly verdicts: Float32Array | undefined
}

/** Opens the figure of a run on points, where these are made of noise alone; others have none. */
export async function openFigure({ shown, trainer, config }: PreparedRun): Promise<RunFigure | undefined> {
  const { generator } = shown
  const { sampleShape, noise, condition } = generator
  const dimensions = sampleShape[0]!
  if (!noise || condition || !shown.like || generator.output?.kind === 'sequence') return undefined
  const scene = await createScene(shown.like.dataset, noise, config.seed)
  const discriminator = findDiscriminator(trainer.game.networks, shown, dimensions)
  const reals = hasLevel(config)
    ? undefined
    : tf.tensor2d(scene.reals, [scene.reals.length / dimensions, dimensions])
  const inputs = { ...scene.inputs, ...(reals && { reals }) }
  const svgOf = dimensions === 1 ? drawLine : drawPlane
  return {
    async draw() {
      const answers = await withAverages(trainer, () => ask(generator.model, discriminator, inputs))
      try {
        const svg = svgOf(scene, answers)
        const picture = await renderSvg(svg, { zoom })
        return { kind: 'picture', picture, preview: picture, svg }
      } catch (error) {
        if (!isGankitError(error)) throw error
        return { kind: 'text', text: `${error.message}\n` }
      }
    },
    dispose: () => tf.dispose(inputs),
  }
}

async function createScene(dataset: Dataset, noise: Latent, seed: number): Promise<Scene> {
  const { distribution, sampleShape } = dataset
  const dimensions = sampleShape[0]!
  const reals = await readSamples(dataset, Math.min(maxReals, dataset.size))
  const extent = distribution?.extent ?? findExtent(reals, dimensions)
  const random = randomStream(seed, 'cli/figure')
  const isLine = dimensions === 1
  const latents = densityLatents(noise, fakeCount, random)
  const pattern = isLine ? mapLatents(noise, latents) : latticeLatents(noise)
  const places = isLine ? placesOnLine(extent[0]!, placeCount) : placesInPlane(extent, side)
  const table = (numbers: Float32Array, width: number) =>
    tf.tensor2d(numbers, [numbers.length / width, width])
  return {
    noise,
    extent,
    reals,
    distribution,
    inputs: {
      places: table(places, dimensions),
      fakes: table(latents, noise.size),
      pattern: table(pattern, noise.size),
    },
  }
}

/** The range of real samples and a tenth more on each side, where fakes may lie. */
function findExtent(points: Float32Array, dimensions: number): [number, number][] {
  return Array.from({ length: dimensions }, (_, axis) => {
    const values = points.filter((_, i) => i % dimensions === axis)
    const [least, greatest] = [
      values.reduce((a, b) => Math.min(a, b)),
      values.reduce((a, b) => Math.max(a, b)),
    ]
    const margin = (greatest - least) / 10 || 1
    return [least - margin, greatest + margin]
  })
}

/** The only network of a game that judges points and is no generator; undefined where there are several, or none. */
function findDiscriminator(
  networks: Readonly<Record<string, tf.LayersModel>>,
  { generator }: ShownSamples,
  dimensions: number,
): tf.LayersModel | undefined {
  const judges = Object.values(networks).filter(
    network =>
      network !== generator.model &&
      network.inputs.length === 1 &&
      network.outputs.length === 1 &&
      String(network.inputs[0]!.shape.slice(1)) === String([dimensions]) &&
      String(network.outputs[0]!.shape.slice(1)) === '1',
  )
  return judges.length === 1 ? judges[0] : undefined
}

/**
 * Whether D says of a sample by itself how likely it is real. Relativistic discriminators and critics only say which of two samples is
 * more so: what they answer to all samples may have any level.
 */
function hasLevel({ training: { objective } }: PreparedRun['config']): boolean {
  const name = typeof objective === 'string' ? objective : objective.name
  return !/^(relativistic|wasserstein)/.test(name)
}

/** What D answers at the places, as probabilities. */
function judge(discriminator: tf.LayersModel, { places, reals }: Inputs, fakes: tf.Tensor): tf.Tensor {
  const logits = forward(discriminator, places)
  if (!reals) return tf.sigmoid(logits)
  const [real, fake] = [reals, fakes].map(samples => tf.mean(forward(discriminator, samples)))
  return tf.sigmoid(tf.sub(logits, tf.div(tf.add(real!, fake!), 2)))
}

async function ask(
  generator: tf.LayersModel,
  discriminator: tf.LayersModel | undefined,
  inputs: Inputs,
): Promise<Answers> {
  const answers = tf.tidy(() => {
    const fakes = forward(generator, inputs.fakes)
    return {
      fakes,
      pattern: forward(generator, inputs.pattern),
      ...(discriminator && { verdicts: judge(discriminator, inputs, fakes) }),
    }
  })
  try {
    const read = (tensor: tf.Tensor) => tensor.data<'float32'>()
    return {
      fakes: await read(answers.fakes),
      pattern: await read(answers.pattern),
      verdicts: answers.verdicts && (await read(answers.verdicts)),
    }
  } finally {
    tf.dispose(answers)
  }
}

function drawLine({ noise, extent, reals, distribution, inputs }: Scene, answers: Answers): string {
  const [range] = extent as [readonly [number, number]]
  const { fakes, pattern: images, verdicts } = answers
  const latents = inputs.pattern.dataSync<'float32'>().filter((_, i) => i % noise.size === 0)
  return lineFigureSvg({
    extent: range,
    data: distribution?.density?.(placesOnLine(range, placeCount)) ?? smoothDensity(reals, range, placeCount),
    generated: smoothDensity(fakes, range, placeCount),
    ...(verdicts && { verdicts }),
    latents,
    images,
  })
}

function drawPlane({ extent, reals, distribution }: Scene, { fakes, pattern, verdicts }: Answers): string {
  return planeFigureSvg({
    extent,
    reals: reals.subarray(0, 2 * drawnCount),
    fakes: fakes.subarray(0, 2 * drawnCount),
    ...(verdicts && { verdicts }),
    lattice: { images: pattern, points: latticePoints },
    ...(distribution?.modes && { missed: findMissedModes(fakes, distribution) }),
  })
}

/** The centers of modes that no fake is near. */
function findMissedModes(fakes: Float32Array, distribution: Distribution): readonly (readonly number[])[] {
  // Where a fake is no number, the figure says so.
  if (!fakes.every(Number.isFinite)) return []
  const { counts } = modesCovered(fakes, distribution)
  return distribution.modes!.centers.filter((_, mode) => counts[mode] === 0)
}
