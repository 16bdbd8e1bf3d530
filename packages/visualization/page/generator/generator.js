import { data } from './data.js'

/** @type {typeof import('@tensorflow/tfjs')} */
const tf = Reflect.get(globalThis, 'tf')

const [height, width, channels] = data.sampleShape

/** Milliseconds of one sample on the processor above which the graphics card is tried. */
const maxMilliseconds = 15

/**
 * Opens the generator on the processor, or on the graphics card if the processor is slow and the card is faster.
 * @returns a function from latents to their pictures
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

  /** @param {Float32Array[]} latents [n][size] @returns {Promise<ImageData[]>} n pictures */
  const draw = async latents => {
    const flat = Float32Array.from(latents.flatMap(latent => [...latent]))
    const samples = tf.tidy(() => {
      const z = tf.tensor2d(flat, [latents.length, data.latent.size])
      return /** @type {import('@tensorflow/tfjs').Tensor} */ (model.predict(z))
    })
    const values = await samples.data()
    samples.dispose()
    return latents.map((_, n) => toImageData(values, n * width * height * channels))
  }

  const timeOne = () => measureFastest(() => draw([new Float32Array(data.latent.size)]))
  const time = await timeOne()
  if (time > maxMilliseconds) {
    const hasStarted = await tf.setBackend('webgl').catch(() => false)
    // Without a graphics card, browsers imitate one on the processor, which is slower than WebAssembly.
    if (!hasStarted || (await timeOne()) > time) await tf.setBackend(processor)
  }
  return draw
}

/** Starts WebAssembly, or else plain JavaScript. @returns the backend's name */
const startProcessor = async () => {
  const module = `data:application/wasm;base64,${data.wasm}`
  const names = ['', '-simd', '-threaded-simd'].map(kind => `tfjs-backend-wasm${kind}.wasm`)
  // A page from disk cannot start threads.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  Reflect.get(tf, 'wasm').setWasmPaths(Object.fromEntries(names.map(name => [name, module])), true)
  for (const name of ['wasm', 'cpu']) if (await tf.setBackend(name).catch(() => false)) return name
  throw new Error('TensorFlow.js has no backend here')
}

/**
 * The least milliseconds of four runs: the first one compiles, and other programs may disturb some.
 * @param {() => Promise<unknown>} work
 */
const measureFastest = async work => {
  let least = Number.POSITIVE_INFINITY
  for (let time = 0; time < 4; time++) {
    const start = performance.now()
    await work()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

/**
 * The pixels of one sample: −1 is black and 1 white, as in `gankit sample`.
 * @param {ArrayLike<number>} values [n, height, width, channels] @param {number} from the sample's first value
 */
const toImageData = (values, from) => {
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
