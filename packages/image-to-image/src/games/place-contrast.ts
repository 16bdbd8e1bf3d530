import { checkInteger, checkOption, forward, type Term } from '@gankit/core'
import type { PatchNceContext } from '@gankit/losses'
import { inTraining, type UpdateContext } from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import { placesOfLayer } from '../networks/projection-heads.ts'
import { withoutGradient } from './passes.ts'

/** One pass of pictures through the whole generator. */
export interface Translation {
  readonly output: tf.Tensor
  /** The contrast between the pictures and the output. */
  readonly contrast: tf.Scalar
}

export type TranslateAndContrast = (context: UpdateContext, pictures: tf.Tensor, pass: string) => Translation

/** What a chosen layer gives is looked at by its head, at places that a step draws. */
interface Level {
  readonly layer: string
  readonly head: tf.LayersModel
  readonly places: number
}

/** Translates pictures, and compares what the generator's layers make of them and of the output, place by place. */
export function contrastPlaces(
  generator: tf.LayersModel,
  heads: Readonly<Record<string, tf.LayersModel>>,
  places: number,
  term: Term<PatchNceContext>,
): TranslateAndContrast {
  const levels = Object.entries(heads).map(([layer, head]): Level => {
    const [height, width, channels] = placesOfLayer(generator, layer)
    const expected = head.inputs[0]!.shape[1]
    checkOption(
      'image-to-image',
      `the channels of layer '${layer}'`,
      channels,
      channels === expected,
      `the ${expected} that its head takes`,
    )
    return { layer, head, places: height * width }
  })
  checkInteger('image-to-image', 'the number of heads', levels.length, 1)
  const outputs = levels.map(({ layer }) => generator.getLayer(layer).output as tf.SymbolicTensor)
  const encoder = tf.model({ inputs: generator.inputs, outputs })
  const whole = tf.model({ inputs: generator.inputs, outputs: [...outputs, generator.outputs[0]!] })
  return (context, pictures, pass) => {
    const see = (model: tf.LayersModel, input: tf.Tensor, seenIn: string, moveStatistics: boolean) => {
      const seen = model.apply(input, { ...inTraining(context, seenIn, moveStatistics) })
      return Array.isArray(seen) ? (seen as tf.Tensor[]) : [seen as tf.Tensor]
    }
    const original = see(whole, pictures, pass, pass === 'fake')
    const output = original.pop()!
    const translated = see(encoder, output, `${pass}/seen`, false)
    const contrasts = levels.map((level, i) => {
      const project = projectPlaces(level, places, context, pass)
      const keys = withoutGradient(() => project(original[i]!))
      return term.value({ queries: project(translated[i]!), keys })
    })
    return { output, contrast: tf.addN(contrasts).div(levels.length) as tf.Scalar }
  }
}

/** Draws places of a layer, the same for all pictures of the batch. @returns what projects them: [n, h, w, c] → [n, places, size] */
function projectPlaces(
  { layer, head, places: all }: Level,
  places: number,
  context: UpdateContext,
  pass: string,
): (features: tf.Tensor) => tf.Tensor {
  const drawn =
    all > places ? context.random(`${pass}/places/${layer}`).permutation(all).subarray(0, places) : undefined
  return features => {
    const [n, , , channels] = features.shape as [number, number, number, number]
    const rows = features.reshape([n * all, channels])
    const chosen = drawn ? tf.gather(rows, placesOfBatch(drawn, n, all)) : rows
    const projected = forward(head, chosen, inTraining(context, `${pass}/head-${layer}`, true))
    return projected.reshape([n, drawn?.length ?? all, -1])
  }
}

/** The rows of the same places in each of `n` pictures of `all` places. */
function placesOfBatch(drawn: Uint32Array, n: number, all: number): tf.Tensor1D {
  const rows = Int32Array.from({ length: n * drawn.length }, (_, i) => {
    return Math.floor(i / drawn.length) * all + drawn[i % drawn.length]!
  })
  return tf.tensor1d(rows, 'int32')
}
