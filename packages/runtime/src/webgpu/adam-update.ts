import { type Backend, float, type Input, type Registrable } from './kernels.ts'
import { runPointwise } from './pointwise.ts'

/** Adam's update in three passes, one for each output, since a program of tfjs has one output. */
export function adamUpdateKernel(): Registrable {
  return {
    kernelName: 'AdamUpdate',
    backendName: 'webgpu',
    kernelFunc(call) {
      const { weight, m, v, gradient } = call.inputs as { weight: Input; m: Input; v: Input; gradient: Input }
      const { rate, beta1, beta2, epsilon } = call.attrs as unknown as Record<string, number>
      const backend = call.backend as Backend
      const { shape } = weight
      const newM = runPointwise(backend, average, [m, gradient], shape, [float(beta1!)])
      const newV = runPointwise(backend, averageOfSquares, [v, gradient], shape, [float(beta2!)])
      const newWeight = runPointwise(backend, move, [weight, newM, newV], shape, [
        float(rate!),
        float(epsilon!),
      ])
      return [newWeight, newM, newV]
    },
  }
}

const average = {
  name: 'Average',
  inputs: ['m', 'gradient'],
  fields: 'beta : f32,',
  body: 'return uniforms.beta * m[index] + (1.0 - uniforms.beta) * gradient[index];',
}

const averageOfSquares = {
  name: 'AverageOfSquares',
  inputs: ['v', 'gradient'],
  fields: 'beta : f32,',
  body: 'return uniforms.beta * v[index] + (1.0 - uniforms.beta) * gradient[index] * gradient[index];',
}

const move = {
  name: 'AdamMove',
  inputs: ['weight', 'm', 'v'],
  fields: 'rate : f32, epsilon : f32,',
  body: 'return weight[index] - uniforms.rate * m[index] / (sqrt(v[index]) + uniforms.epsilon);',
}
