import * as tf from '@tensorflow/tfjs-core'
import { columnSums } from './column-sums.ts'
import { type Backend, type Input, int, type Registrable } from './kernels.ts'
import { runPointwise } from './pointwise.ts'

/** Σ x² of all numbers: those of chunks side by side as of one column, then the sum of these. */
export function squaredSumKernel(): Registrable {
  return {
    kernelName: 'SquaredSum',
    backendName: 'webgpu',
    kernelFunc(call) {
      const x = call.inputs['x'] as Input
      const backend = call.backend as Backend
      const size = tf.util.sizeFromShape(x.shape)
      if (size === 0) return backend.makeTensorInfo([], 'float32', Float32Array.of(0))
      const { pairs, count } = columnSums(backend, squares, [x], [size, 1])
      const sum = runPointwise(backend, sumOfChunks, [pairs], [], [int(count)])
      backend.disposeData(pairs.dataId)
      return sum
    },
  }
}

const squares = {
  name: 'Squares',
  inputs: ['x'],
  fields: '',
  before: '',
  term: 'vec2<f32>(x[index] * x[index], 0.0)',
  after: 'sum',
}

const sumOfChunks = {
  name: 'SumOfSquares',
  inputs: ['pairs'],
  fields: 'count : i32,',
  body: `var sum = 0.0;
    for (var i = 0; i < uniforms.count; i++) { sum += pairs[2 * i]; }
    return sum;`,
}
