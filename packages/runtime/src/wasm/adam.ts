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
      const { rate, beta1, beta2, epsilon } = call.attrs as unknown as Record<string, number>
      const backend = call.backend as WasmBackend
      const count = sizeOf(weight!.shape)
      const outputs = [weight, m, v].map(() => backend.makeOutput(weight!.shape, 'float32'))
      const addresses = [weight!, m!, v!, gradient!, ...outputs].map(tensor => addressOf(backend, tensor))
      const floats = [rate!, beta1!, 1 - beta1!, beta2!, 1 - beta2!, epsilon!]
      teamOf(backend)!.run('adam', chunksOf(count), [...addresses, count], floats)
      return outputs
    },
  }
}
