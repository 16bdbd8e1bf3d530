import { formatBytes, GankitError, sizeOfShape } from '@gankit/core'
import { dataKinds, parseSpec } from '@gankit/datasets/node'
import { type App, buildTrainer, type PlannedConfig, type TrainingSettings } from '@gankit/experiment'
import { maxWasmBytes } from '@gankit/runtime'
import type * as tf from '@tensorflow/tfjs'

/**
 * Numbers that training holds at once for each that a layer gives. In the update of G all that G and D compute stays for the
 * way back; under a penalty on D's gradient D's way back stays as well. Measured on DCGANs with and without normalization,
 * dropout and resizing, which hold 2.1 to 2.9 and 13 to 15; these are lower, so that nothing is refused that would fit.
 */
const [heldByUpdate, heldByPenalty] = [2, 12]
/** Numbers for each weight: itself, its gradient, and Adam's two moments. */
const heldByWeight = 4

/** Pixels in a batch that every network of the apps has room for: 64 images of 128×128. */
const maxUncheckedPixels = 64 * 128 * 128

type Networks = Readonly<Record<string, tf.LayersModel>>

/**
 * The least memory that a step takes, in bytes: what it takes in any case, and for each sample of a batch. Of a game other than
 * Algorithm 1 it is that of its largest network, for one update at least goes through it there and back.
 */
export function estimateStepMemory(
  networks: Networks,
  { objective }: Pick<TrainingSettings, 'objective'>,
): { readonly fixed: number; readonly perSample: number } {
  const { generator, discriminator } = networks
  if (!generator || !discriminator) return estimateLargest(Object.values(networks))
  const hasPenalty =
    typeof objective === 'string' ? objective === 'wasserstein-gp' : (objective.penalties?.length ?? 0) > 0
  const [g, d] = [countOutputs(generator), countOutputs(discriminator)]
  const held = Math.max(heldByUpdate * (g + d), hasPenalty ? heldByPenalty * d : 0)
  return {
    fixed: 4 * heldByWeight * (generator.countParams() + discriminator.countParams()),
    perSample: 4 * held,
  }
}

function estimateLargest(networks: readonly tf.LayersModel[]) {
  const weights = networks.reduce((sum, network) => sum + network.countParams(), 0)
  return {
    fixed: 4 * heldByWeight * weights,
    perSample: 4 * heldByUpdate * Math.max(0, ...networks.map(countOutputs)),
  }
}

/** Numbers that the layers give for one sample; layers that only change a shape share their input's memory. */
function countOutputs(network: tf.LayersModel): number {
  return network.layers
    .filter(layer => !['InputLayer', 'Reshape', 'Flatten'].includes(layer.getClassName()))
    .reduce((sum, layer) => sum + sizeOfShape((layer.outputShape as number[]).slice(1)), 0)
}

/**
 * Refuses on the wasm backend what is sure not to fit in WebAssembly's memory; what is found to be too large only when it
 * runs ends with an error of the backend that says the same.
 * @param specs the data: digits have the size that they have, so another one is no way out. Default: some of any size
 * @throws GankitError with the batch and the size of images that would fit
 */
export function checkStepMemory(
  networks: Networks,
  training: Pick<TrainingSettings, 'objective' | 'batch'>,
  sampleShape: readonly number[],
  backend: string,
  specs: readonly string[] = [],
): void {
  if (backend !== 'wasm') return
  const { fixed, perSample } = estimateStepMemory(networks, training)
  const needed = fixed + training.batch * perSample
  if (needed <= maxWasmBytes) return
  const batch = Math.floor((maxWasmBytes - fixed) / perSample)
  // What the layers of a convolutional network hold grows with the area of the images.
  const scale = Math.sqrt(Math.max(0, maxWasmBytes - fixed) / (training.batch * perSample))
  const size = sampleShape.slice(0, 2).map(side => Math.floor((side * scale) / 8) * 8)
  const advice = [
    ...(batch >= 2 ? [`--batch ${batch} or less`] : []),
    ...(takesSize(specs) && sampleShape.length === 3 && Math.min(...size) >= 8
      ? [`--size ${size[0] === size[1] ? size[0] : size.join('x')} or less`]
      : []),
    'a preset with a smaller network',
    'a backend with more memory (gankit backends)',
  ]
  throw new GankitError(
    'cli',
    'option',
    `a batch of ${training.batch} samples of ${sampleShape.join('×')} takes at least ${formatBytes(needed)}, and WebAssembly has ${formatBytes(maxWasmBytes)}: take ${advice.slice(0, -1).join(', ')} or ${advice.at(-1)}`,
  )
}

function takesSize(specs: readonly string[]): boolean {
  const take = (spec: string) => dataKinds[parseSpec(spec).kind].options.includes('size')
  return specs.length === 0 || specs.some(take)
}

/**
 * Checks large images against the memory before they are packed, which may take an hour: networks are made for them, and
 * disposed of. Afterwards the networks of the true data are checked.
 * @throws GankitError for networks that can't be made, or a batch that does not fit
 */
export async function checkPlannedSize(app: App, planned: PlannedConfig, backend: string): Promise<void> {
  if (!app.createGan || planned.streams) return
  const { dataOptions, training } = planned
  const { size, channels = 3, reduce = 1 } = dataOptions
  if (size === undefined) return
  const [height, width] = (typeof size === 'number' ? [size, size] : size).map(side =>
    Math.ceil(side / reduce),
  )
  const sampleShape = [height!, width!, channels]
  if (training.batch * height! * width! < maxUncheckedPixels) return
  const trainer = await buildTrainer(app, planned, { sampleShape })
  try {
    checkStepMemory(trainer.game.networks, training, sampleShape, backend)
  } finally {
    trainer.dispose()
  }
}
