import * as tf from '@tensorflow/tfjs-core'
import { type ConvolutionGeometry, computeGeometry } from '../convolution-geometry.ts'
import { type Plan, productProgram } from './filter-product.ts'
import {
  areFloats,
  type Backend,
  flatten,
  type Input,
  int,
  type Program,
  type Registrable,
  stockKernel,
} from './kernels.ts'
import { chooseTile, maxWorkgroups } from './tiles.ts'

/**
 * The gradient of a convolution's filter as one matrix product, patches of x transposed times dy, which reads the patches
 * directly from x. Its inner dimension, all places of a batch, is by far the longest, so the product is cut into slices
 * that run in parallel and are summed at the end. The stock kernel runs one thread for each weight along all places. Types
 * but float32 and channels first are left to the stock kernel.
 */
export function filterGradientKernel(): Registrable {
  const stock = stockKernel('Conv2DBackpropFilter')
  return {
    ...stock,
    kernelFunc(call) {
      const { x, dy } = call.inputs as { x: Input; dy: Input }
      const { filterShape } = call.attrs as unknown as tf.Conv2DBackpropFilterAttrs
      const geometry = computeGeometry(x.shape, filterShape, call.attrs)
      if (!geometry || !areFloats(x, dy)) return stock.kernelFunc(call)
      const plan = planProduct(geometry)
      if (Math.max(plan.tilesDown, plan.tilesAcross) > maxWorkgroups) return stock.kernelFunc(call)
      return filterGradient(call.backend as Backend, x, dy, geometry, plan)
    },
  }
}

function planProduct({ filterShape, batchSize, outHeight, outWidth }: ConvolutionGeometry): Plan {
  const [height, width, inputs, columns] = filterShape
  const tile = chooseTile(columns)
  const tilesDown = Math.ceil((height * width * inputs) / (4 * tile.down))
  const tilesAcross = Math.ceil(columns / (4 * tile.across))
  const places = batchSize * outHeight * outWidth
  // Enough workgroups for a large GPU, each with so much work that summing the slices takes little beside it.
  const wanted = Math.min(Math.ceil(256 / (tilesDown * tilesAcross)), Math.ceil(places / 128))
  const sliceLength = Math.ceil(places / wanted / tile.inner) * tile.inner
  return { tile, tilesDown, tilesAcross, slices: Math.ceil(places / sliceLength), sliceLength }
}

function filterGradient(
  backend: Backend,
  x: Input,
  dy: Input,
  geometry: ConvolutionGeometry,
  plan: Plan,
): Input {
  const { filterShape, inChannels, outChannels, inHeight, inWidth, outHeight, outWidth, padInfo } = geometry
  const rows = filterShape[0] * filterShape[1] * inChannels
  const uniforms = [
    int(rows, outChannels, geometry.batchSize * outHeight * outWidth, plan.sliceLength),
    int(inHeight, inWidth, inChannels, filterShape[1]),
    int(outHeight * outWidth, outWidth),
    int(geometry.strideHeight, geometry.strideWidth, padInfo.top, padInfo.left),
  ]
  const program = productProgram(plan, inChannels % 4 === 0, outChannels % 4 === 0)
  const inputs = [flatten(x), flatten(dy)]
  if (plan.slices === 1)
    return backend.runWebGPUProgram({ ...program, outputShape: filterShape }, inputs, 'float32', uniforms)
  const slices = backend.runWebGPUProgram(
    { ...program, outputShape: [plan.slices * rows * outChannels] },
    inputs,
    'float32',
    uniforms,
  )
  const sum = backend.runWebGPUProgram(sumProgram(filterShape), [slices], 'float32', [int(plan.slices)])
  backend.disposeData(slices.dataId)
  return sum
}

function sumProgram(outputShape: number[]): Program {
  const workgroupSize: [number, number, number] = [64, 1, 1]
  return {
    variableNames: ['slices'],
    uniforms: 'count : i32,',
    outputShape,
    size: true,
    workgroupSize,
    dispatchLayout: { x: outputShape.map((_, axis) => axis) },
    dispatch: [Math.ceil(tf.util.sizeFromShape(outputShape) / 64), 1, 1],
    shaderKey: 'gankitSumSlices',
    getUserCode: () => `
  fn main(index : i32) {
    if (index >= uniforms.size) { return; }
    var sum = 0.0;
    for (var slice = 0; slice < uniforms.count; slice++) { sum += slices[slice * uniforms.size + index]; }
    result[index] = sum;
  }
`,
  }
}
