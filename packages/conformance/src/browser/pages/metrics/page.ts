import { mnist } from '@gankit/datasets'
import { computeReference, digitFeatures, type MetricValue, quickMetrics, readImages } from '@gankit/metrics'
import { selectBackend } from '@gankit/runtime/browser'

export interface Measured {
  readonly figures: Readonly<Record<string, MetricValue>>
  /** Times that the page could paint meanwhile. */
  readonly frames: number
  /** Milliseconds of the whole measurement, and of the longest wait between two frames. */
  readonly whole: number
  readonly longest: number
}

declare global {
  /** Computes metrics of so many digits against as many others, and counts the frames meanwhile. */
  var gankitMeasure: (count: number) => Promise<Measured>
}

globalThis.gankitMeasure = async count => {
  await selectBackend({ backend: 'wasm', wasmPaths: new URL('./wasm/', location.href).href })
  const digits = await mnist()
  const extractor = await digitFeatures()
  const [began, times] = [performance.now(), [performance.now()]]
  let counting = true
  const frame = (): void => {
    times.push(performance.now())
    if (counting) requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  const reference = await computeReference(digits, extractor, { count, halvesOnly: true })
  const samples = new Float32Array(count * 784)
  let at = 0
  for await (const images of readImages(digits, count, 3)) {
    samples.set(await images.data<'float32'>(), at)
    at += images.size
    images.dispose()
  }
  const figures = await quickMetrics(reference, extractor)({ samples, sampleShape: [28, 28, 1] })
  counting = false
  const whole = performance.now() - began
  extractor.dispose()
  const longest = Math.max(...times.slice(1).map((time, i) => time - times[i]!))
  return { figures, frames: times.length, whole, longest }
}
