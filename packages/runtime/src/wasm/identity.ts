import { type KernelInput, type Registrable, stockKernel, type WasmBackend } from './kernels.ts'

/**
 * Identity without a copy: the stock kernel copies every number, and a training step clones hundreds of tensors.
 * Tensors never change in place, so input and output may share their memory, counted as by Reshape.
 */
export function identityKernel(): Registrable {
  const stock = stockKernel('Identity')
  return {
    ...stock,
    kernelFunc(call) {
      const { dataId, shape, dtype } = call.inputs['x'] as KernelInput
      const backend = call.backend as WasmBackend
      // Fused kernels look for a bias's rank in what was stored, where a reshaped one still has its first shape.
      if (shape.length === 1 && backend.dataIdMap.get(dataId).shape.length !== 1)
        return stock.kernelFunc(call)
      backend.incRef(dataId)
      return { dataId, shape, dtype }
    },
  }
}
