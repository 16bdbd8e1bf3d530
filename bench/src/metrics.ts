import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { GankitError, randomStream } from '@gankit/core'
import { mnist } from '@gankit/datasets'
import {
  computeMoments,
  computeReference,
  digitFeatures,
  extractFeatures,
  frechetDistance,
  kid,
  neighborMetrics,
  type ReferenceStore,
  readImages,
} from '@gankit/metrics'
import { selectBackend } from '@gankit/runtime/node'

export interface MetricsOptions {
  readonly backend: string
  readonly threads?: number
}

/**
 * How long metrics take: the Fréchet distance of 10,000 digits whose real statistics are cached, the other metrics at
 * 5,000 against 5,000, and the distance at 512 features beside SciPy's matrix square root, where GANKIT_PEER_PYTHON
 * names a Python that has it.
 */
export async function timeMetrics({ backend, threads }: MetricsOptions): Promise<void> {
  const choice = await selectBackend({ backend, ...(threads && { threads }) })
  console.log(`${choice.backend}, ${choice.threads} threads`)
  await digits()
  await wide()
}

async function digits(): Promise<void> {
  const dataset = await mnist()
  const extractor = await digitFeatures()
  const kept = new Map<string, Uint8Array>()
  const store: ReferenceStore = {
    read: async name => kept.get(name),
    write: async (name, bytes) => void kept.set(name, bytes),
  }
  const options = { count: 5000, store }
  const first = await computeReference(dataset, extractor, options)
  first.floors.set('frechet-distance', 0)
  await first.save()
  const { result: reference } = await timed('real digits from the cache, read and hashed', () =>
    computeReference(dataset, extractor, options),
  )
  const real = computeMoments(reference.allFeatures)
  await timed('Fréchet distance of 10,000 digits, their features included', async () => {
    const features = await extractFeatures(readImages(dataset, 10_000, 1), extractor)
    return frechetDistance(real, computeMoments(features))
  })
  console.log(`memory up to here: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`)
  await timed('KID of 5,000 and 5,000', () => kid(reference.features, reference.floorFeatures))
  await timed('precision, recall, density, coverage of 5,000 and 5,000', () =>
    neighborMetrics(reference.features, reference.floorFeatures),
  )
}

const rounds = 7

async function wide(): Promise<void> {
  const [count, size] = [2000, 512]
  const moments = [1, 2].map(seed =>
    computeMoments({ values: randomStream(seed, 'bench').normal(count * size), count, size }),
  )
  const times = Array.from({ length: rounds }, () => {
    const begun = performance.now()
    frechetDistance(moments[0]!, moments[1]!)
    return (performance.now() - begun) / 1000
  })
  const ours = times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!
  console.log(`Fréchet distance at 512 features, from moments, median of ${rounds}: ${ours.toFixed(2)} s`)
  const python = process.env['GANKIT_PEER_PYTHON']
  if (!python) return console.log('set GANKIT_PEER_PYTHON to time SciPy beside it')
  const script = fileURLToPath(new URL('../peers/frechet.py', import.meta.url))
  const { stdout, stderr, status } = spawnSync(python, [script, `${count}`, `${size}`, `${rounds}`], {
    encoding: 'utf8',
  })
  if (status !== 0)
    throw new GankitError('bench', 'backend', `the peer failed: ${stderr.trim().split('\n').at(-1)}`)
  const { scipy, seconds } = JSON.parse(stdout) as { scipy: string; seconds: number }
  console.log(
    `SciPy ${scipy}, sqrtm, likewise: ${seconds.toFixed(2)} s; ratio ${(seconds / ours).toFixed(1)}`,
  )
}

async function timed<Result>(
  what: string,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly seconds: number }> {
  const begun = performance.now()
  const result = await work()
  const seconds = (performance.now() - begun) / 1000
  console.log(`${what}: ${seconds.toFixed(2)} s`)
  return { result, seconds }
}
