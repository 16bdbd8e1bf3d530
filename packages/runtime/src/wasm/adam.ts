import { addressOf, type KernelInput, type Registrable, sizeOf, type WasmBackend } from './kernels.ts'
import { chunksOf } from './leaky-relu.ts'
import { teamOf } from './team.ts'

/** Adam's update in one pass, where the composed one makes ten. */
export function adamKernel(): Registrable {
  return {
    kernelName: 'AdamUpdate',
    backendName: 'wasm',
    kernelFunc(call) {
      const { weight, m, v, gradient } = call.inputs as Record<string, KernelInput>
      const { rate, beta1, beta2, epsilon, consume } = call.attrs as unknown as Record<string, number>
      const backend = call.backend as WasmBackend
      const count = sizeOf(weight!.shape)
      const outputs = [weight!, m!, v!].map(input => {
        if (!consume || backend.refCount(input.dataId) > 1) return backend.makeOutput(input.shape, 'float32')
        // Nobody else reads it any more: the kernel reads each number before it writes that one.
        const { dataId, shape, dtype } = input
        backend.incRef(dataId)
        return { dataId, shape, dtype }
      })
      const addresses = [weight!, m!, v!, gradient!, ...outputs].map(tensor => addressOf(backend, tensor))
      const floats = [rate!, beta1!, 1 - beta1!, beta2!, 1 - beta2!, epsilon!]
      teamOf(backend)!.run('adam', chunksOf(count), [...addresses, count], floats)
      return outputs
    },
  }
}
