import { data } from './data.js'

/** @type {typeof import('@tensorflow/tfjs')} */
const tf = Reflect.get(globalThis, 'tf')

const [height, width, channels] = data.sampleShape

/** Milliseconds a sample on the processor, above which the graphics card is worth its start. */
const patience = 15

/**
 * Opens the generator, on the processor where that is quick enough, else on the graphics card if there is one.
 * @returns a function from latents to their pictures
 */
export const openGenerator = async () => {
  const binary = atob(data.weights)
  const weights = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) weights[i] = binary.charCodeAt(i)
  await tf.setBackend('cpu')
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
    return latents.map((_, n) => pictureOf(values, n * width * height * channels))
  }

  if ((await quickest(() => draw([new Float32Array(data.latent.size)]))) > patience && hasGraphicsCard())
    if (!(await tf.setBackend('webgl').catch(() => false))) await tf.setBackend('cpu')
  return draw
}

/** Whether WebGL runs on a graphics card: where the processor imitates one, plain JavaScript is faster. */
const hasGraphicsCard = () => {
  const canvas = document.createElement('canvas')
  return ['webgl2', 'webgl'].some(name => canvas.getContext(name, { failIfMajorPerformanceCaveat: true }))
}

/**
 * Milliseconds that some work takes when nothing is in its way: the first time is compiling, others may be busy.
 * @param {() => Promise<unknown>} work
 */
const quickest = async work => {
  let least = Number.POSITIVE_INFINITY
  for (let time = 0; time < 4; time++) {
    const start = performance.now()
    await work()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

/**
 * Pixels of one sample: −1 is black and 1 white, as `gankit sample` has it.
 * @param {ArrayLike<number>} values [n, height, width, channels] @param {number} from the sample's first value
 */
const pictureOf = (values, from) => {
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
