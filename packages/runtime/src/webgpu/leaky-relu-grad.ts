import { type Backend, float, type Input, type Registrable } from './kernels.ts'
import { runPointwise } from './pointwise.ts'

/** The gradient of LeakyReLU in one pass over memory. */
export function leakyReluGradKernel(): Registrable {
  return {
    kernelName: 'LeakyReluGrad',
    backendName: 'webgpu',
    kernelFunc(call) {
      const { dy, x } = call.inputs as { dy: Input; x: Input }
      const { alpha } = call.attrs as unknown as { alpha: number }
      return runPointwise(call.backend as Backend, slope, [dy, x], dy.shape, [float(alpha)])
    },
  }
}

const slope = {
  name: 'LeakyReluGrad',
  inputs: ['dy', 'x'],
  fields: 'alpha : f32,',
  body: 'return select(uniforms.alpha, 1.0, x[index] > 0.0) * dy[index];',
}
