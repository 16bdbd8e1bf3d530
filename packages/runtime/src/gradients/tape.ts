import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { type Aliasing, createAliases, type Gradient, recordAliases, recordAllAliases } from './aliases.ts'

type CustomGradient = (...inputs: unknown[]) => unknown

/** The parts of tfjs's engine that record the tape. */
interface Recorder extends Aliasing {
  readonly constructor: { readonly nextTensorId: number }
  saveTensorsForBackwardMode(tensors: tf.Tensor[]): tf.Tensor[]
  gradients(...call: unknown[]): unknown
  customGrad(f: CustomGradient): (...inputs: tf.Tensor[]) => tf.Tensor
}

const isFixed = Symbol.for('@gankit/runtime/gradients/tape')

/**
 * Corrects how tfjs records the tape for second-order gradients:
 *
 * - tfjs records the clone of an output that a gradient needs before the kernel with that output, so no gradient flows
 *   back through the clone. Here the clone follows the kernel: exp, tanh, sigmoid, softmax, elu, pow and every custom
 *   gradient.
 * - A kernel without a gradient whose outputs are no floats, such as a comparison, is a constant to every gradient. tfjs
 *   records the kernel, and gradients that reach it throw. Here it isn't recorded.
 * - A gradient that calls `tf.grads` itself overwrites the tape of the gradient that called it. Here it gets its own tape.
 * - A custom gradient that saves an intermediate tensor, neither input nor output, hides how that tensor depends on the
 *   inputs. Differentiating through it throws here.
 *
 * None of this adds a kernel to first-order or second-order gradients. Saving a tensor takes no kernel here, where tfjs
 * runs and records one for each.
 * @throws GankitError when tfjs isn't one of those that record so (4.22 does)
 */
export function fixTape(): void {
  const engine = tf.engine() as unknown as Recorder & { [isFixed]?: true }
  if (engine[isFixed]) return
  const { addTapeNode, customGrad, gradients, saveTensorsForBackwardMode: save } = engine
  const { makeTensorFromTensorInfo: make, keep } = engine
  if (![addTapeNode, customGrad, gradients, save, make, keep].every(method => typeof method === 'function'))
    throw new GankitError(
      'runtime',
      'backend',
      `tfjs ${tf.version_core} records gradients in a way that patchGradients() doesn't know, expected 4.22: install @tensorflow/tfjs@4.22`,
    )
  let running = 0
  engine.gradients = function (...call) {
    const outer = this.state.activeTape
    if (this.state.gradientDepth > 0) recordAllAliases(this, addTapeNode)
    running++
    try {
      return gradients.apply(this, call)
    } finally {
      running--
      const isWithinGradient = running > 0 && this.state.gradientDepth === 0
      if (isWithinGradient) this.state.activeTape = outer
    }
  }

  let customSince = Number.POSITIVE_INFINITY
  engine.customGrad = function (f) {
    const run = customGrad.call(this, (...inputs) => {
      const since = this.constructor.nextTensorId
      const result = f(...inputs)
      customSince = since
      return result
    })
    return (...inputs) => {
      try {
        return run(...inputs)
      } finally {
        // The next entry belongs to another function, perhaps to one created before the tape was fixed.
        customSince = Number.POSITIVE_INFINITY
      }
    }
  }

  let newest: ReturnType<typeof createAliases> | undefined
  engine.saveTensorsForBackwardMode = function (tensors) {
    newest = createAliases(this, tensors)
    return newest.aliases
  }

  engine.addTapeNode = function (kernelName, inputs, outputs, gradient, saved, attributes) {
    const isConstant = !gradient && !tf.getGradient(kernelName) && !outputs.some(isDifferentiable)
    if (isConstant) return
    addTapeNode.call(this, kernelName, inputs, outputs, gradient, saved, attributes)
    if (saved.length === 0) return
    const tape = this.state.activeTape
    if (newest?.aliases === saved) {
      tape.at(-1)!.aliasOf = newest.of
      if (this.state.gradientDepth > 1) recordAliases(this, addTapeNode, tape.at(-1)!)
      return
    }
    const given = new Set(Object.values(inputs))
    const passesThrough = outputs.some(output => given.has(output))
    if (passesThrough) return
    const own = tape.pop()!
    const clones = tape.splice(-saved.length)
    tape.push(own)
    if (gradient)
      for (const { inputs: of } of clones) {
        const source = of['x']!
        const isMadeOnTheWay = source.id >= customSince && !outputs.includes(source)
        if (isMadeOnTheWay) addTapeNode.call(this, kernelName, inputs, [source], refuse, [], {})
      }
    tape.push(...clones)
  }
  engine[isFixed] = true
}

const isDifferentiable = ({ dtype }: tf.Tensor): boolean => dtype === 'float32' || dtype === 'complex64'

const refuse: Gradient = dy => {
  throw new GankitError(
    'runtime',
    'data',
    `a second-order gradient meets a custom gradient that saved a tensor of shape [${(dy as tf.Tensor).shape}] it made on its way, expected its inputs, its output or tensors made before it: what it saves so has no known gradient`,
  )
}
