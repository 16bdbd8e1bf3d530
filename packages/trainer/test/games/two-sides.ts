import { type Batches, forward, randomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { DataStreams } from '../../src/index.ts'

/** The streams of the game: what lies on one side, and on the other. */
export const sides = ['moons', 'ring'] as const
export type Side = (typeof sides)[number]
export const otherSide = (side: Side): Side => (side === 'moons' ? 'ring' : 'moons')

const ringRadius = 0.8
const noise = 0.04

/** Points of a side: two half circles that reach into one another, or a ring around 0. [count, 2], row-major */
export function pointsOf(side: Side, batch: number, count: number): Float32Array {
  const random = randomStream(11, `points/${side}`, batch)
  const [uniform, normal] = [random.uniform(2 * count), random.normal(2 * count, 0, noise)]
  return normal.map((value, k) => {
    const i = k >> 1
    const [angle, isLower] = [uniform[2 * i]!, uniform[2 * i + 1]! < 0.5]
    const [cos, sin] = side === 'ring' ? circle(2 * angle) : circle(angle)
    if (side === 'ring') return value + ringRadius * (k % 2 === 0 ? cos : sin)
    const [x, y] = isLower ? [0.5 - 0.6 * cos, 0.3 - 0.6 * sin] : [-0.1 + 0.6 * cos, -0.05 + 0.6 * sin]
    return value + (k % 2 === 0 ? x! - 0.2 : y! - 0.1)
  })
}

const circle = (halfTurns: number): [number, number] => [
  Math.cos(Math.PI * halfTurns),
  Math.sin(Math.PI * halfTurns),
]

/** Batches of a side without end, from a batch on. */
export function batchesOf(side: Side, size: number, from = 0): Batches {
  let batch = from
  return {
    position: () => ({ epoch: 0, batch }),
    async next() {
      return { done: false, value: { samples: tf.tensor2d(pointsOf(side, batch++, size), [size, 2]) } }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** Both streams, where a snapshot left them. */
export const dataFrom = (positions: Readonly<Record<string, { readonly batch: number }>> = {}): DataStreams =>
  Object.fromEntries(sides.map(side => [side, batchesOf(side, 64, positions[side]?.batch ?? 0)]))

/** How well points of one side are translated into the other, by points that nobody learned from. */
export interface TranslationQuality {
  /** The distance from the ring within which 90% of translated moons lie. */
  readonly offRing: number
  /** The share of translated moons in the emptiest eighth of the ring. */
  readonly emptiestEighth: number
  /** The distance from the nearest of 2,000 points of the moons within which 90% of the translated ring lies. */
  readonly offMoons: number
  /** The mean distance of a coordinate from where it was, of moons translated there and back. */
  readonly cycleError: number
}

const count = 500
/** Batches from this one on are never trained with. */
const heldOut = 1e6

export function measureTranslation(networks: Readonly<Record<string, tf.LayersModel>>): TranslationQuality {
  const translate = (name: string, points: tf.Tensor) => forward(networks[name]!, points)
  const held = (side: Side) => tf.tensor2d(pointsOf(side, heldOut, count), [count, 2])
  return tf.tidy(() => {
    const moons = held('moons')
    const mapped = translate('moons-to-ring', moons)
    const onRing = mapped.arraySync() as [number, number][]
    const onMoons = translate('ring-to-moons', held('ring')).arraySync() as [number, number][]
    const eighths = onRing.map(([x, y]) => Math.floor((Math.atan2(y, x) / (2 * Math.PI) + 1) * 8) % 8)
    const counts = Array.from({ length: 8 }, (_, eighth) => eighths.filter(each => each === eighth).length)
    const back = translate('ring-to-moons', mapped)
    return {
      offRing: ninetyPercent(onRing.map(([x, y]) => Math.abs(Math.hypot(x, y) - ringRadius))),
      emptiestEighth: Math.min(...counts) / count,
      offMoons: ninetyPercent(distancesFromMoons(onMoons)),
      cycleError: tf.mean(tf.abs(tf.sub(back, moons))).dataSync()[0]!,
    }
  })
}

function distancesFromMoons(points: readonly [number, number][]): number[] {
  const real = pointsOf('moons', 2 * heldOut, 2000)
  return points.map(([x, y]) => {
    let nearest = Number.POSITIVE_INFINITY
    for (let i = 0; i < real.length; i += 2)
      nearest = Math.min(nearest, Math.hypot(real[i]! - x, real[i + 1]! - y))
    return nearest
  })
}

const ninetyPercent = (distances: number[]): number =>
  distances.sort((a, b) => a - b)[Math.floor(0.9 * distances.length)]!
