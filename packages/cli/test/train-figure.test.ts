import { type Distribution, normalPrior } from '@gankit/core'
import { distributionDataset, fromArrays, normal, ring } from '@gankit/datasets'
import * as tf from '@tensorflow/tfjs'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeSamplesPicture } from '../src/terminal/pictures.ts'
import { openFigure } from '../src/train/figure.ts'
import type { PreparedRun } from '../src/train/prepare.ts'

beforeAll(() => tf.setBackend('cpu'))
const models: tf.LayersModel[] = []
afterAll(() => {
  for (const model of models) model.dispose()
})

/** A network of one layer, x·weight + bias. */
function linear(inputs: number, outputs: number, weight: number, bias: number): tf.LayersModel {
  const layer = tf.layers.dense({ units: outputs, inputShape: [inputs] })
  const model = tf.sequential({ layers: [layer] })
  const kernel = tf.eye(inputs, outputs).mul(weight) as tf.Tensor2D
  layer.setWeights([kernel, tf.fill([outputs], bias)])
  models.push(model)
  return model
}

interface Parts {
  readonly generator: tf.LayersModel
  readonly networks?: Readonly<Record<string, tf.LayersModel>>
  readonly distribution: Distribution
  readonly objective?: string
  readonly isKnown?: boolean
}

/** What a figure needs of a run. */
function run({
  generator,
  networks = {},
  distribution,
  objective = 'minimax',
  isKnown = true,
}: Parts): PreparedRun {
  const { dimensions } = distribution
  const size = 500
  const known = distributionDataset(distribution, { size })
  const samples = distribution.sample(
    {
      normal: (n: number) => new Float32Array(n).map((_, i) => Math.sin(i)),
      uniform: (n: number) => new Float32Array(n),
    } as never,
    size,
  )
  const dataset = isKnown ? known : fromArrays({ samples, shape: [dimensions] })
  const noise = { size: dimensions, prior: normalPrior() }
  return {
    config: { seed: 1, training: { objective } },
    shown: {
      name: 'generator',
      generator: { model: generator, noise, sampleShape: [dimensions] },
      like: { dataset },
    },
    trainer: { averages: {}, game: { networks: { generator, ...networks } } },
  } as unknown as PreparedRun
}

/** The points of the path of a color and a width. */
function readPath(svg: string, stroke: string, width: number): [number, number][] {
  const drawing = svg.replace(/<g transform[\s\S]*?<\/g>/g, '')
  const tag = [...drawing.matchAll(/<path [^>]*>/g)].find(
    ([path]) => path.includes(`stroke="${stroke}"`) && path.includes(`stroke-width="${width}"`),
  )![0]
  const [, data] = /\bd="([^"]*)"/.exec(tag)!
  return [...data!.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)])
}

const figureOf = async (parts: Parts) => {
  const figure = (await openFigure(run(parts)))!
  const drawn = await figure.draw()
  figure.dispose()
  if (drawn.kind !== 'picture') throw new Error(drawn.text)
  return { ...drawn, svg: drawn.svg! }
}

test('on the line, curves are those of the networks and of the data', async () => {
  // G(z) = z + 1 makes N(1, 1) of N(0, 1); D(x) = ½ − x is then its best answer to the data N(0, 1).
  const generator = linear(1, 1, 1, 1)
  const { svg } = await figureOf({
    ...{ generator, distribution: normal() },
    networks: { discriminator: linear(1, 1, -1, 0.5) },
  })
  const [d, best] = [2, 1.25].map(width => readPath(svg, '#2463c4', width))
  // Where samples are rare, densities that are estimated from them say little.
  const inside = d!.flatMap(([x, y], i) => (x > 160 && x < 400 ? [[y, best![i]![1]] as const] : []))
  expect(inside.length).toBeGreaterThan(50)
  for (const [y, bestY] of inside) expect(Math.abs(y - bestY)).toBeLessThan(8)
  const g = readPath(svg, '#0f7a3a', 2.25)
  const top = g.reduce((a, b) => (b[1] < a[1] ? b : a))
  const middle = (g[0]![0] + g.at(-1)![0]) / 2
  // One to the right of the middle, of an axis 9.6 long.
  expect((top[0] - middle) / (g.at(-1)![0] - g[0]![0])).toBeCloseTo(1 / 9.6, 1)
})

test('in the plane, modes that no fake is near are marked, and the picture is the figure', async () => {
  const collapsed = linear(2, 2, 0.001, 0)
  const figure = await figureOf({
    ...{ generator: collapsed, distribution: ring() },
    networks: { discriminator: linear(2, 1, 3, 0) },
  })
  expect(figure.svg.match(/r="13"/g)).toHaveLength(8)
  const file = encodeSamplesPicture(figure) as Uint8Array
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true })
  // D of 3x: blue to the right, orange to the left.
  const at = (share: number) => {
    const pixel = 3 * (Math.round(info.height * 0.8) * info.width + Math.round(info.width * share))
    return [...data.subarray(pixel, pixel + 3)] as [number, number, number]
  }
  const [left, right] = [at(0.12), at(0.92)]
  expect(left[0]).toBeGreaterThan(left[2] + 40)
  expect(right[2]).toBeGreaterThan(right[0] + 40)
})

test('a critic without a level is shown about the middle between real and fake', async () => {
  const parts = {
    ...{ generator: linear(1, 1, 1, 0), distribution: normal() },
    networks: { critic: linear(1, 1, 0, 40) },
  }
  const verdict = async (objective: string) =>
    readPath((await figureOf({ ...parts, objective })).svg, '#2463c4', 2)[0]![1]
  const [certain, level] = [await verdict('minimax'), await verdict('wasserstein-gp')]
  expect(level - certain).toBeGreaterThan(80)
})

test('data of no known distribution, and games of several judges, have a figure of what is there', async () => {
  const generator = linear(2, 2, 1, 0)
  const judges = { one: linear(2, 1, 1, 0), other: linear(2, 1, 1, 0) }
  const { svg } = await figureOf({ generator, distribution: ring(), networks: judges, isKnown: false })
  expect(svg).toContain('lattice of z')
  expect(svg).not.toContain('D: fake')
  expect(svg).not.toContain('missed mode')
  const line = await figureOf({ generator: linear(1, 1, 1, 0), distribution: normal(), isKnown: false })
  expect(readPath(line.svg, '#0f7a3a', 2.25)).toHaveLength(241)
})

test('networks that diverged give a text, and no tensor stays', async () => {
  const generator = linear(2, 2, Number.NaN, 0)
  const before = tf.memory().numTensors
  const figure = (await openFigure(run({ generator, distribution: ring() })))!
  const drawn = await figure.draw()
  expect(drawn).toMatchObject({ kind: 'text' })
  expect(encodeSamplesPicture(drawn)).toContain('expected finite numbers: has training diverged?')
  figure.dispose()
  expect(tf.memory().numTensors).toBe(before)
})
