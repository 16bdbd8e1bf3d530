import { sizeOfShape } from '@gankit/core'
import { columnSums, type Tables } from './column-sums.ts'
import { type Backend, float, type Input, int, type Registrable } from './kernels.ts'
import { runPointwise } from './pointwise.ts'

/** Batch norm over the rows, or over those of each image: one pass for mean and variance, one for the result. */
export function batchNormKernel(kernelName: 'BatchNorm' | 'InstanceNorm'): Registrable {
  return {
    kernelName,
    backendName: 'webgpu',
    kernelFunc(call) {
      const { x, gamma, beta } = call.inputs as { x: Input; gamma: Input; beta: Input }
      const { epsilon } = call.attrs as unknown as { epsilon: number }
      const backend = call.backend as Backend
      const size = measureTables(x)
      const { pairs, count, length } = columnSums(backend, moments, [x], size)
      const sizes = [int(size.rows), int(size.columns), int(count), int(length)]
      const [mean, variance] = [meanOfChunks, varianceOfChunks].map(f =>
        runPointwise(backend, f, [pairs], gamma.shape, sizes),
      ) as [Input, Input]
      backend.disposeData(pairs.dataId)
      const y = runPointwise(backend, normalize, [x, gamma, beta, mean, variance], x.shape, [
        int(size.rows),
        int(size.columns),
        float(epsilon),
      ])
      return [y, mean, variance]
    },
  }
}

/** The gradient of either: one pass for the gradients of gamma and beta, one for that of x. */
export function batchNormGradKernel(kernelName: 'BatchNormGrad' | 'InstanceNormGrad'): Registrable {
  return {
    kernelName,
    backendName: 'webgpu',
    kernelFunc(call) {
      const { dy, x, gamma, mean, variance } = call.inputs as Record<string, Input>
      const { epsilon } = call.attrs as unknown as { epsilon: number }
      const backend = call.backend as Backend
      const size = measureTables(x!)
      const [rows, columns] = [int(size.rows), int(size.columns)]
      const { pairs, count } = columnSums(backend, slopes, [dy!, x!, mean!, variance!], size, [
        float(epsilon),
      ])
      const [dbeta, dgamma] = [0, 1].map(which =>
        runPointwise(backend, sumOfChunks, [pairs], gamma!.shape, [columns, int(count), int(which)]),
      ) as [Input, Input]
      backend.disposeData(pairs.dataId)
      const inputs = [dy!, x!, gamma!, mean!, variance!, dgamma, dbeta]
      const dx = runPointwise(backend, backward, inputs, x!.shape, [rows, columns, float(epsilon)])
      return [dx, dgamma, dbeta]
    },
  }
}

/** Rows are one table, images a table each. */
function measureTables({ shape }: Input): Tables {
  const [rows, columns] = shape.slice(-2) as [number, number]
  return { tables: sizeOfShape(shape.slice(0, -2)), rows, columns }
}

// Sums of differences from a number of the column itself, so that a large mean doesn't drown a small variance.
const moments = {
  name: 'Moments',
  inputs: ['x'],
  fields: '',
  before: 'let shift = x[first];',
  term: 'vec2<f32>(x[index] - shift, (x[index] - shift) * (x[index] - shift))',
  after: 'vec2<f32>(shift + sum.x / f32(count), max(0.0, sum.y - sum.x * sum.x / f32(count)))',
}

const chunkFields = 'rows : i32, columns : i32, count : i32, chunk : i32,'

// The index of a column's pair in the first chunk of its table.
const start = `(index / uniforms.columns) * uniforms.count * uniforms.columns + index % uniforms.columns`

const meanLoop = `
    let start = ${start};
    var mean = 0.0;
    for (var i = 0; i < uniforms.count; i++) {
      let share = f32(min(uniforms.chunk, uniforms.rows - i * uniforms.chunk)) / f32(uniforms.rows);
      mean += share * pairs[2 * (start + i * uniforms.columns)];
    }`

const meanOfChunks = {
  name: 'MeanOfChunks',
  inputs: ['pairs'],
  fields: chunkFields,
  body: `${meanLoop}
    return mean;`,
}

// Chan, Golub and LeVeque 1983: the variance within the chunks plus that between them.
const varianceOfChunks = {
  name: 'VarianceOfChunks',
  inputs: ['pairs'],
  fields: chunkFields,
  body: `${meanLoop}
    var squares = 0.0;
    for (var i = 0; i < uniforms.count; i++) {
      let rows = f32(min(uniforms.chunk, uniforms.rows - i * uniforms.chunk));
      let at = 2 * (start + i * uniforms.columns);
      let apart = pairs[at] - mean;
      squares += pairs[at + 1] + rows * apart * apart;
    }
    return squares / f32(uniforms.rows);`,
}

// The column of a number among the columns of all tables.
const ownColumn =
  'let c = index / (uniforms.rows * uniforms.columns) * uniforms.columns + index % uniforms.columns;'

const normalize = {
  name: 'Normalise',
  inputs: ['x', 'gamma', 'beta', 'mean', 'variance'],
  fields: 'rows : i32, columns : i32, epsilon : f32,',
  body: `${ownColumn}
    return gamma[c] * (x[index] - mean[c]) / sqrt(variance[c] + uniforms.epsilon) + beta[c];`,
}

const slopes = {
  name: 'Slopes',
  inputs: ['dy', 'x', 'mean', 'variance'],
  fields: 'epsilon : f32,',
  before: 'let scale = 1.0 / sqrt(variance[own] + uniforms.epsilon); let center = mean[own];',
  term: 'vec2<f32>(dy[index], dy[index] * (x[index] - center) * scale)',
  after: 'sum',
}

const sumOfChunks = {
  name: 'SumOfChunks',
  inputs: ['pairs'],
  fields: 'columns : i32, count : i32, which : i32,',
  body: `let start = ${start};
    var sum = 0.0;
    for (var i = 0; i < uniforms.count; i++) { sum += pairs[2 * (start + i * uniforms.columns) + uniforms.which]; }
    return sum;`,
}

const backward = {
  name: 'BatchNormGrad',
  inputs: ['dy', 'x', 'gamma', 'mean', 'variance', 'dgamma', 'dbeta'],
  fields: 'rows : i32, columns : i32, epsilon : f32,',
  body: `${ownColumn}
    let scale = 1.0 / sqrt(variance[c] + uniforms.epsilon);
    let along = (dbeta[c] + (x[index] - mean[c]) * scale * dgamma[c]) / f32(uniforms.rows);
    return gamma[c] * scale * (dy[index] - along);`,
}
