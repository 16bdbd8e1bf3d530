import { type KernelInput, type Registrable, stockKernel, type WasmBackend } from './kernels.ts'

/**
 * PReLU with slopes of any shape that broadcasts to x. The stock kernel repeats the slopes one after another, which is
 * right only where they have the last axes of x whole: elsewhere they are first tiled to that.
 */
export function preluKernel(): Registrable {
  const stock = stockKernel('Prelu')
  const tile = stockKernel('Tile')
  return {
    ...stock,
    kernelFunc(call) {
      const { x, alpha } = call.inputs as { x: KernelInput; alpha: KernelInput }
      const backend = call.backend as WasmBackend
      const shape = [...x.shape.map(() => 1), ...alpha.shape].slice(-x.shape.length)
      const first = shape.findIndex(side => side > 1)
      const isWhole = first < 0 || shape.every((side, axis) => axis < first || side === x.shape[axis])
      if (isWhole) return stock.kernelFunc(call)
      const reps = shape.map((side, axis) => (axis < first ? 1 : x.shape[axis]! / side))
      const tiled = tile.kernelFunc({
        inputs: { x: { ...alpha, shape } },
        attrs: { reps },
        backend,
      }) as KernelInput
      const y = stock.kernelFunc({ ...call, inputs: { x, alpha: tiled } })
      backend.disposeData(tiled.dataId)
      return y
    },
  }
}
