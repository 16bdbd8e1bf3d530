import { unpack } from '../packed.js'
import './layers.js'
import { tf } from './tfjs.js'

/** Milliseconds a sample takes on the processor, above which the graphics card is worth its start. */
const slowMilliseconds = 15

/**
 * What a generator is opened from.
 * @typedef {{
 *   model: object, weightSpecs: object[], weights: string, wasm: string,
 *   noiseSize: number, conditionShape?: number[], sampleShape: [number, number, number]
 * }} Parts `weights` and TensorFlow.js's `wasm` packed; the weights in two
 *   planes: all even bytes, then all odd ones; `noiseSize` 0 for a generator without noise
 * @typedef {{ noise: Float32Array, condition: Float32Array }} Input of one sample: `noise` [noiseSize], `condition` the numbers
 *   of conditionShape, row by row; each empty where the generator takes none
 * @typedef {{
 *   draw: (inputs: Input[]) => Promise<Uint8ClampedArray<ArrayBuffer>[]>, improve: () => Promise<string>
 * }} Generator `draw` gives the pixels of each sample, [height, width, 4]; `improve` changes to the graphics card where
 *   that is faster, and gives the name of the backend. One call runs after the other.
 */

/**
 * Opens the generator on the processor, which draws its first sample soonest.
 * @param {Parts} parts @returns {Promise<Generator>}
 */
export const openGenerator = async parts => {
  const { noiseSize, conditionShape, sampleShape } = parts
  const [processor, weights] = await Promise.all([
    unpack(parts.wasm).then(startProcessor),
    unpack(parts.weights).then(joinPlanes),
  ])
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({
      .../** @type {import('@tensorflow/tfjs').io.ModelArtifacts} */ (parts.model),
      weightSpecs: /** @type {import('@tensorflow/tfjs').io.WeightsManifestEntry[]} */ (parts.weightSpecs),
      weightData: weights.buffer,
    }),
  )
  let quickest = Number.POSITIVE_INFINITY
  let times = 0

  /** @param {Input[]} inputs n of them */
  const draw = async inputs => {
    const start = performance.now()
    /** @param {'noise' | 'condition'} name @param {number[]} shape */
    const join = (name, shape) => {
      const size = shape.reduce((product, side) => product * side, 1)
      const numbers = new Float32Array(inputs.length * size)
      for (const [i, input] of inputs.entries()) numbers.set(input[name], i * size)
      return tf.tensor(numbers, [inputs.length, ...shape])
    }
    const samples = tf.tidy(() => {
      const given = [
        ...(noiseSize > 0 ? [join('noise', [noiseSize])] : []),
        ...(conditionShape ? [join('condition', conditionShape)] : []),
      ]
      return /** @type {import('@tensorflow/tfjs').Tensor} */ (model.predict(given))
    })
    const values = await samples.data()
    samples.dispose()
    times++
    quickest = Math.min(quickest, (performance.now() - start) / inputs.length)
    return inputs.map((_, n) => colorPixels(values, n, sampleShape))
  }

  const improve = async () => {
    if (!hasGraphicsCard()) return processor
    const conditionSize = conditionShape?.reduce((product, side) => product * side, 1) ?? 0
    const zeros = { noise: new Float32Array(noiseSize), condition: new Float32Array(conditionSize) }
    // The first time is warming up, on the processor too.
    while (times < 4 && quickest > slowMilliseconds) await draw([zeros])
    if (quickest <= slowMilliseconds) return processor
    const onProcessor = quickest
    if (!(await tf.setBackend('webgl').catch(() => false))) return processor
    quickest = Number.POSITIVE_INFINITY
    // The first time is compiling, others may be busy meanwhile.
    for (let time = 0; time < 4; time++) await draw([zeros])
    if (quickest > onProcessor) await tf.setBackend(processor)
    return tf.getBackend()
  }
  return { draw: inOrder(draw), improve: inOrder(improve) }
}

/** @type {Promise<unknown>} */
let last = Promise.resolve()

/**
 * A function whose calls wait for those before, of all functions in order.
 * @template {unknown[]} Values @template Result
 * @param {(...values: Values) => Promise<Result>} work @returns {(...values: Values) => Promise<Result>}
 */
const inOrder =
  work =>
  (...values) => {
    const result = last.then(() => work(...values))
    last = result.catch(() => {})
    return result
  }

/** Starts WebAssembly where the browser has it with SIMD, or else plain JavaScript. @param {Uint8Array<ArrayBuffer>} wasm @returns the backend's name */
const startProcessor = async wasm => {
  const module = URL.createObjectURL(new Blob([wasm], { type: 'application/wasm' }))
  const names = ['', '-simd', '-threaded-simd'].map(kind => `tfjs-backend-wasm${kind}.wasm`)
  // A page from disk has no threads.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  Reflect.get(tf, 'wasm').setWasmPaths(Object.fromEntries(names.map(name => [name, module])), true)
  // TensorFlow.js would wait forever for a module that the browser can't compile.
  const hasSimd = typeof WebAssembly !== 'undefined' && WebAssembly.validate(wasm)
  for (const name of hasSimd ? ['wasm', 'cpu'] : ['cpu'])
    if (await tf.setBackend(name).catch(() => false)) return name
  throw new Error('TensorFlow.js has no backend here')
}

/** Whether there is a graphics card: where there is none, some browsers imitate one, more slowly than the processor draws. */
const hasGraphicsCard = () =>
  typeof OffscreenCanvas !== 'undefined' &&
  new OffscreenCanvas(1, 1).getContext('webgl2', { failIfMajorPerformanceCaveat: true }) !== null

/** @param {Uint8Array} planes all even bytes, then all odd ones */
const joinPlanes = planes => {
  const bytes = new Uint8Array(planes.length)
  const odd = Math.ceil(bytes.length / 2)
  for (let i = 0; i < odd; i++) bytes[2 * i] = planes[i] ?? 0
  for (let i = odd; i < planes.length; i++) bytes[2 * (i - odd) + 1] = planes[i] ?? 0
  return bytes
}

/**
 * Pixels of one sample: −1 is black and 1 white, as in every picture of gankit.
 * @param {ArrayLike<number>} values [n, height, width, channels] @param {number} sample
 * @param {[number, number, number]} shape of a sample
 */
const colorPixels = (values, sample, [height, width, channels]) => {
  const pixels = new Uint8ClampedArray(height * width * 4)
  const from = sample * height * width * channels
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) {
      const value = values[from + pixel * channels + Math.min(c, channels - 1)] ?? 0
      pixels[4 * pixel + c] = Math.round((value + 1) * 127.5)
    }
    pixels[4 * pixel + 3] = 255
  }
  return pixels
}
