import type * as tf from '@tensorflow/tfjs-core'
import { flag, float32, inScope, type NativeBackend, type Scope, shape, text, type } from './backend.ts'

interface AdamAttributes {
  readonly rate: number
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
  /**
   * 1: the outputs may take the memory of weight, m and v, which the caller can then only dispose of.
   */
  readonly consume?: number
}

/**
 * `AdamUpdate` by `ResourceApplyAdam`: one pass over the memory instead of ten. TensorFlow updates variables, so three
 * variables hold the tensors meanwhile; a variable copies its tensor before writing where the tensor has another owner.
 */
export const adamUpdate: tf.KernelConfig = {
  kernelName: 'AdamUpdate',
  backendName: 'tensorflow',
  kernelFunc({ inputs, attrs, backend }) {
    const { weight, m, v, gradient } = inputs as Record<string, tf.TensorInfo>
    const { rate, beta1, beta2, epsilon, consume } = attrs as unknown as AdamAttributes
    const native = backend as unknown as NativeBackend
    return inScope(native, scope => {
      const updated = [weight!, m!, v!]
      const [gradientId, ...ids] = scope.inputs(gradient!, ...updated) as [number, ...number[]]
      const { variables, emptySoon } = getVariables(native)
      emptySoon()
      for (const [i, variable] of variables.entries()) assign(scope, variable, ids[i]!)
      if (consume) for (const tensor of updated) release(native, tensor)
      // With powers of β of zero TensorFlow corrects no bias: rate and epsilon already contain the correction.
      const numbers = [0, 0, rate, beta1, beta2, epsilon].map(number => scope.scalar(number))
      scope.run('ResourceApplyAdam', applyAttributes, [...variables, ...numbers, gradientId], 0)
      const results = variables.map(variable => scope.run('ReadVariableOp', ofType, [variable])[0]!)
      return results.map(result => scope.take(result))
    })
  },
}

function assign(scope: Scope, variable: number, id: number): void {
  scope.run('AssignVariableOp', ofType, [variable, id], 0)
}

/** Deletes TensorFlow's side of a tensor, unless another tensor of tfjs shares it. */
function release(backend: NativeBackend, { dataId }: tf.TensorInfo): void {
  const entry = backend.tensorMap.get(dataId)
  const lazy = Object.getOwnPropertyDescriptor(entry, 'id')?.get
  if (lazy || backend.refCount(dataId) > 1) return
  backend.binding.deleteTensor(entry.id)
  // The id that tfjs-node gives to tensors that TensorFlow doesn't hold, so that disposing of this one still works.
  entry.id = -1
}

const ofType = [type('dtype', float32)]
const applyAttributes = [type('T', float32), flag('use_locking', false), flag('use_nesterov', false)]

interface Variables {
  /** Resources for the weight, m and v of one update. */
  readonly variables: readonly number[]
  /** Empties the variables in the next microtask, so that they keep no memory of the weights. */
  emptySoon(): void
}

const made = new WeakMap<NativeBackend, Variables>()

function getVariables(backend: NativeBackend): Variables {
  const known = made.get(backend)
  if (known) return known
  const { binding } = backend
  const attributes = (name: string) => [
    ...ofType,
    shape('shape', []),
    text('container', ''),
    text('shared_name', `@gankit/runtime/adam/${name}`),
  ]
  const variables = ['weight', 'm', 'v'].map(
    name => binding.executeOp('VarHandleOp', attributes(name), [], 1)[0]!.id,
  )
  let isLent = false
  const fresh = {
    variables,
    emptySoon() {
      if (isLent) return
      isLent = true
      queueMicrotask(() => {
        isLent = false
        inScope(backend, scope => {
          for (const variable of variables) assign(scope, variable, scope.nothing())
        })
      })
    },
  }
  made.set(backend, fresh)
  return fresh
}
