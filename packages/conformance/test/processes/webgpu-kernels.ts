import { selectBackend } from '@gankit/runtime/node'
import { draw } from '../../src/suite/draw.ts'
import { batchNorm, splitImages, statistics } from '../../src/suite/reference/batch-norm.ts'
import { columnSums } from '../../src/suite/reference/matrix.ts'
import { type Compared, createComparison, drawn } from './compared.ts'
import { computeShapes, geometries } from './geometries.ts'

// Prints how far the kernels of WebGPU are from the cpu backend, or from the formulas where that has none.
await selectBackend({ backend: 'webgpu' })
const { driverErrors, compare } = createComparison()
const results: Compared[] = []

for (const geometry of geometries) {
  const { inputShape, filterShape, outShape, attributes } = computeShapes(geometry)
  const [x, filter, dy] = [drawn('x', inputShape), drawn('filter', filterShape), drawn('dy', outShape)]
  const name = JSON.stringify(geometry)
  results.push(
    await compare(
      `filter ${name}`,
      'Conv2DBackpropFilter',
      { x: x!, dy: dy! },
      { ...attributes, filterShape },
    ),
    await compare(
      `input ${name}`,
      'Conv2DBackpropInput',
      { dy: dy!, filter: filter! },
      { ...attributes, inputShape },
    ),
  )
}

// As many as a device binds at once, one more, and enough for a sum of sums.
for (const count of [7, 8, 20]) {
  const name = `AddN of ${count}`
  const inputs = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`x${i}`, drawn(`${name}/${i}`, [5, 3])]),
  )
  const sum = Float64Array.from({ length: 15 }, (_, i) =>
    Object.values(inputs).reduce((total, [numbers]) => total + numbers[i]!, 0),
  )
  results.push(await compare(name, 'AddN', inputs, {}, [sum]))
}

// More rows than one chunk has, chunks of unequal length, and means far from zero; rows of one table, or of images.
const epsilon = 1e-5
for (const [tables, rows, columns, mean] of [
  [undefined, 1000, 1, 10],
  [undefined, 513, 33, -20],
  [undefined, 5000, 64, 0],
  [undefined, 300, 130, 1],
  [3, 513, 33, -20],
  [2, 5000, 5, 3],
] as const) {
  const name = `${tables ? `${tables} × ` : ''}${rows} × ${columns}, mean ${mean}`
  const kernel = tables ? 'InstanceNorm' : 'BatchNorm'
  const n = tables ?? 1
  const shape = tables ? [tables, rows, columns] : [rows, columns]
  const columnShape = tables ? [tables, columns] : [columns]
  const x = Float64Array.from(draw(name, shape), value => Math.fround(value + mean))
  const [dy, gamma, beta] = [draw('dy', shape), draw('gamma', columnShape), draw('beta', columnShape)].map(
    numbers => Float64Array.from(numbers),
  ) as [Float64Array, Float64Array, Float64Array]
  const images = splitImages(n, x, dy, gamma, beta).map(([x, dy, gamma, beta]) =>
    normalizeRows(x!, dy!, gamma!, beta!),
  )
  const joined = Array.from({ length: 6 }, (_, which) =>
    Float64Array.from(images.flatMap(outputs => [...outputs[which]!])),
  ) as [Float64Array, Float64Array, Float64Array, ...Float64Array[]]
  const vector = (numbers: Float64Array) => [numbers, columnShape] as const
  results.push(
    await compare(
      `${kernel} ${name}`,
      kernel,
      { x: [x, shape], gamma: vector(gamma), beta: vector(beta) },
      { epsilon },
      joined.slice(0, 3),
    ),
    await compare(
      `${kernel}Grad ${name}`,
      `${kernel}Grad`,
      {
        dy: [dy, shape],
        x: [x, shape],
        gamma: vector(gamma),
        mean: vector(joined[1]),
        variance: vector(joined[2]),
      },
      { epsilon },
      joined.slice(3),
    ),
  )
}

/** The outputs of batch norm over rows, then those of its gradient. */
function normalizeRows(
  x: Float64Array,
  dy: Float64Array,
  gamma: Float64Array,
  beta: Float64Array,
): Float64Array[] {
  const columns = gamma.length
  const rows = x.length / columns
  const { mean, variance } = statistics(x, columns)
  const normalized = batchNorm(x, new Float64Array(columns).fill(1), new Float64Array(columns), epsilon)
  const dbeta = columnSums(dy, columns)
  const dgamma = columnSums(
    dy.map((value, i) => value * normalized[i]!),
    columns,
  )
  const dx = dy.map((value, i) => {
    const c = i % columns
    const scale = gamma[c]! / Math.sqrt(variance[c]! + epsilon)
    return scale * (value - (dbeta[c]! + normalized[i]! * dgamma[c]!) / rows)
  })
  return [batchNorm(x, gamma, beta, epsilon), mean, variance, dx, dgamma, dbeta]
}

process.stdout.write(`\n${JSON.stringify({ results, driverErrors })}`)
