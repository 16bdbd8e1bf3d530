import { mnist } from '@gankit/datasets'
import { computeReference, digitFeatures, type MetricValue, quickMetrics, readImages } from '@gankit/metrics'
import { selectBackend } from '@gankit/runtime/browser'

export interface Measured {
  readonly figures: Readonly<Record<string, MetricValue>>
  /** How often the page got a turn in which it could paint, while real digits were read and while fakes were measured. */
  readonly turns: { readonly reading: number; readonly measuring: number }
}

declare const scheduler: { yield(): Promise<void> }

declare global {
  /** Computes metrics of so many digits against as many others, and counts the page's turns meanwhile. */
  var gankitMeasure: (count: number) => Promise<Measured>
}

globalThis.gankitMeasure = async count => {
  await selectBackend({ backend: 'wasm', wasmPaths: new URL('./wasm/', location.href).href })
  const digits = await mnist()
  const extractor = await digitFeatures()
  const host = scheduler
  let turns = 0
  const counting = {
    yield: () => {
      turns++
      return host.yield()
    },
  }
  Object.defineProperty(globalThis, 'scheduler', { value: counting, configurable: true })
  const reference = await computeReference(digits, extractor, { count, halvesOnly: true })
  const samples = new Float32Array(count * 784)
  let at = 0
  for await (const images of readImages(digits, count, 3)) {
    samples.set(await images.data<'float32'>(), at)
    at += images.size
    images.dispose()
  }
  const reading = turns
  const figures = await quickMetrics(reference, extractor)({ samples, sampleShape: [28, 28, 1] })
  extractor.dispose()
  return { figures, turns: { reading, measuring: turns - reading } }
}
