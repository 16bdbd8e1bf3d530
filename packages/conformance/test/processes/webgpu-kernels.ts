import { selectBackend } from '@gankit/runtime/node'
import { draw } from '../../src/suite/draw.ts'
import { batchNorm, statistics } from '../../src/suite/reference/batch-norm.ts'
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

// More rows than one chunk has, chunks of unequal length, and means far from zero.
const epsilon = 1e-5
for (const [rows, columns, mean] of [
  [1000, 1, 10],
  [513, 33, -20],
  [5000, 64, 0],
  [300, 130, 1],
] as const) {
  const name = `${rows} × ${columns}, mean ${mean}`
  const shape = [rows, columns]
  const x = Float64Array.from(draw(name, shape), value => Math.fround(value + mean))
  const [dy, gamma, beta] = [draw('dy', shape), draw('gamma', [columns]), draw('beta', [columns])].map(
    numbers => Float64Array.from(numbers),
  ) as [Float64Array, Float64Array, Float64Array]
  const { mean: means, variance } = statistics(x, columns)
  const normalised = batchNorm(x, new Float64Array(columns).fill(1), new Float64Array(columns), epsilon)
  const sums = (term: (i: number) => number) => {
    const total = new Float64Array(columns)
    for (let i = 0; i < x.length; i++) total[i % columns]! += term(i)
    return total
  }
  const dbeta = sums(i => dy[i]!)
  const dgamma = sums(i => dy[i]! * normalised[i]!)
  const dx = dy.map((value, i) => {
    const c = i % columns
    const scale = gamma[c]! / Math.sqrt(variance[c]! + epsilon)
    return scale * (value - (dbeta[c]! + normalised[i]! * dgamma[c]!) / rows)
  })
  const vector = (numbers: Float64Array) => [numbers, [columns]] as const
  results.push(
    await compare(
      `BatchNorm ${name}`,
      'BatchNorm',
      { x: [x, shape], gamma: vector(gamma), beta: vector(beta) },
      { epsilon },
      [batchNorm(x, gamma, beta, epsilon), means, variance],
    ),
    await compare(
      `BatchNormGrad ${name}`,
      'BatchNormGrad',
      {
        dy: [dy, shape],
        x: [x, shape],
        gamma: vector(gamma),
        mean: vector(means),
        variance: vector(variance),
      },
      { epsilon },
      [dx, dgamma, dbeta],
    ),
  )
}

process.stdout.write(`\n${JSON.stringify({ results, driverErrors })}`)
