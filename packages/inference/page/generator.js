import { countValues } from './categories.js'
import { attributes, data } from './data.js'

/** @type {typeof import('@tensorflow/tfjs')} */
const tf = Reflect.get(globalThis, 'tf')

const [height, width, channels] = data.sampleShape

/** Milliseconds a sample takes on the processor, above which the graphics card is worth its start. */
const slowMilliseconds = 15

/**
 * Opens the generator, on the processor where that is quick enough, else on the graphics card if that is faster.
 * @returns a function from inputs to their pictures
 */
export const openGenerator = async () => {
  const binary = atob(data.weights)
  const weights = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) weights[i] = binary.charCodeAt(i)
  const processor = await startProcessor()
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({
      .../** @type {import('@tensorflow/tfjs').io.ModelArtifacts} */ (data.model),
      weightSpecs: /** @type {import('@tensorflow/tfjs').io.WeightsManifestEntry[]} */ (data.weightSpecs),
      weightData: weights.buffer,
    }),
  )

  const size = countValues(attributes)

  /** @param {import('./data.js').Input[]} inputs n of them @returns {Promise<ImageData[]>} n pictures */
  const draw = async inputs => {
    /** @param {'noise' | 'condition'} name @param {number} size */
    const join = (name, size) =>
      tf.tensor2d(Float32Array.from(inputs.flatMap(input => [...input[name]])), [inputs.length, size])
    const samples = tf.tidy(() => {
      const noise = join('noise', data.noise.size)
      const made = model.predict(size > 0 ? [noise, join('condition', size)] : noise)
      return /** @type {import('@tensorflow/tfjs').Tensor} */ (made)
    })
    const values = await samples.data()
    samples.dispose()
    return inputs.map((_, n) => createPicture(values, n * width * height * channels))
  }

  const zeros = { noise: new Float32Array(data.noise.size), condition: new Float32Array(size) }
  const one = () => measureQuickest(() => draw([zeros]))
  const time = await one()
  if (time > slowMilliseconds) {
    const hasStarted = await tf.setBackend('webgl').catch(() => false)
    // Without a graphics card the processor imitates one, which is slower than no card.
    if (!hasStarted || (await one()) > time) await tf.setBackend(processor)
  }
  return draw
}

/** Starts WebAssembly, or else plain JavaScript. @returns the backend's name */
const startProcessor = async () => {
  const module = `data:application/wasm;base64,${data.wasm}`
  const names = ['', '-simd', '-threaded-simd'].map(kind => `tfjs-backend-wasm${kind}.wasm`)
  // A page from disk has no threads.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  Reflect.get(tf, 'wasm').setWasmPaths(Object.fromEntries(names.map(name => [name, module])), true)
  for (const name of ['wasm', 'cpu']) if (await tf.setBackend(name).catch(() => false)) return name
  throw new Error('TensorFlow.js has no backend here')
}

/**
 * Milliseconds that some work takes when nothing is in its way: the first time is compiling, others may be busy.
 * @param {() => Promise<unknown>} work
 */
const measureQuickest = async work => {
  let least = Number.POSITIVE_INFINITY
  for (let time = 0; time < 4; time++) {
    const start = performance.now()
    await work()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

/**
 * Pixels of one sample: −1 is black and 1 white, as in every picture of gankit.
 * @param {ArrayLike<number>} values [n, height, width, channels] @param {number} from the sample's first value
 */
const createPicture = (values, from) => {
  const picture = new ImageData(width, height)
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) {
      const value = values[from + pixel * channels + Math.min(c, channels - 1)] ?? 0
      picture.data[4 * pixel + c] = Math.round((value + 1) * 127.5)
    }
    picture.data[4 * pixel + 3] = 255
  }
  return picture
}

/** @param {HTMLCanvasElement} canvas @param {ImageData} picture */
export const paint = (canvas, picture) => {
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d')?.putImageData(picture, 0, 0)
}
