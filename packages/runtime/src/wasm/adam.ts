import { sizeOfShape } from '@gankit/core'
import { getAddress, type KernelInput, type Registrable, type WasmBackend } from './kernels.ts'
import { countChunks } from './leaky-relu.ts'
import { getThreadPool } from './thread-pool.ts'

/** Adam's update in one pass over memory, instead of ten when composed of other kernels. */
export function adamKernel(): Registrable {
  return {
    kernelName: 'AdamUpdate',
    backendName: 'wasm',
    kernelFunc(call) {
      const { weight, m, v, gradient } = call.inputs as Record<string, KernelInput>
      const { rate, beta1, beta2, epsilon, consume } = call.attrs as unknown as Record<string, number>
      const backend = call.backend as WasmBackend
      const count = sizeOfShape(weight!.shape)
      const outputs = [weight!, m!, v!].map(input => {
        if (!consume || backend.refCount(input.dataId) > 1) return backend.makeOutput(input.shape, 'float32')
        // The output takes the input's memory: the kernel reads each number before writing that number.
        const { dataId, shape, dtype } = input
        backend.incRef(dataId)
        return { dataId, shape, dtype }
      })
      const addresses = [weight!, m!, v!, gradient!, ...outputs].map(tensor => getAddress(backend, tensor))
      const floats = [rate!, beta1!, 1 - beta1!, beta2!, 1 - beta2!, epsilon!]
      getThreadPool(backend)!.run('adam', countChunks(count), [...addresses, count], floats)
      return outputs
    },
  }
}
