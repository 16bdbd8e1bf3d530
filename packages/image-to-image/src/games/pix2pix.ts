import {
  checkOption,
  forward,
  type Gan,
  GankitError,
  orderInputs,
  sampleLatent,
  type Term,
} from '@gankit/core'
import type { PairContext } from '@gankit/losses'
import {
  type Algorithm1Options,
  algorithm1,
  type Game,
  type Round,
  type Update,
  type UpdateContext,
} from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'

/** Steps of the generator alone, on terms that compare its pictures with the right ones. */
export interface ContentSteps {
  /** A whole number, or Infinity: then nobody judges. */
  readonly steps: number
  readonly terms: readonly Term<PairContext>[]
}

export interface Pix2PixOptions extends Algorithm1Options {
  /**
   * G(c) or G(z, c) with a condition of kind 'image', and D(x, c), or D(x) that judges pictures alone. Terms of the objective
   * compare pictures with the right ones: `l1` in pix2pix.
   */
  readonly gan: Gan
  /** The names of the streams: what goes in, and what should come out. Default 'input' and 'target'. */
  readonly streams?: { readonly input: string; readonly target: string }
  /** First steps in which G learns from pairs alone, as SRResNet before it becomes SRGAN. Default: none. */
  readonly content?: ContentSteps
}

/**
 * Translation learned from pairs (Isola et al. 2017, arXiv 1611.07004): Algorithm 1 with an image for a condition, and two streams
 * whose samples belong together, the picture that goes in and the one that should come out. All options of Algorithm 1 hold.
 * @throws GankitError for a GAN without a condition of kind 'image'
 */
export function pix2pix(options: Pix2PixOptions): Game {
  const { gan, streams: names = { input: 'input', target: 'target' }, content } = options
  if (gan.condition?.kind !== 'image')
    throw new GankitError(
      'image-to-image',
      'option',
      `gan.condition is ${gan.condition ? `of kind '${gan.condition.kind}'` : 'missing'}, expected one of kind 'image': the picture that goes in`,
    )
  if (content) checkContent(content)
  const game = algorithm1(options)
  const streams = { ...names, joined: game.streams[0]! }
  const first: readonly Round[] = content ? [[updateByContent(gan, content.terms, streams.joined)]] : []
  const onPairs = (rounds: readonly Round[]) =>
    rounds.map(round => round.map(update => readPairs(update, streams)))
  const [before, after] = [onPairs(first), (step: number) => onPairs(game.rounds(step))]
  const contentSteps = content?.steps ?? 0
  return {
    ...game,
    streams: [names.input, names.target],
    scalars: [...game.scalars, ...(content?.terms ?? []).map(describeTerm).filter(isNew(game))],
    rounds: step => (step < contentSteps ? before : after(step - contentSteps)),
  }
}

function checkContent({ steps, terms }: ContentSteps): void {
  const isCount = steps === Number.POSITIVE_INFINITY || (Number.isInteger(steps) && steps >= 0)
  checkOption('image-to-image', 'content.steps', steps, isCount, 'a whole number, or Infinity')
  checkOption(
    'image-to-image',
    'content.terms',
    terms.length,
    terms.length > 0,
    'at least one term, such as l1()',
  )
}

const describeTerm = ({ name }: Term<PairContext>) => ({
  name: `generator/${name}`,
  label: `G ${name}`,
  chart: 'terms of the losses',
})

const isNew =
  ({ scalars }: Game) =>
  ({ name }: { readonly name: string }) =>
    !scalars.some(scalar => scalar.name === name)

/** An update of Algorithm 1, which reads one stream, on two: the target's samples, with the input's as their condition. */
function readPairs(
  update: Update,
  { input, target, joined }: { readonly input: string; readonly target: string; readonly joined: string },
): Update {
  const both = (names: readonly string[]) =>
    names.flatMap(name => (name === joined ? [input, target] : [name]))
  const join = (context: UpdateContext): UpdateContext => {
    const [given, wanted] = [context.batches[input], context.batches[target]]
    if (!given || !wanted) return context
    return { ...context, batches: { [joined]: { ...wanted, condition: given.samples } } }
  }
  return {
    ...update,
    ...(update.nextBatches && { nextBatches: both(update.nextBatches) }),
    ...(update.currentBatches && { currentBatches: both(update.currentBatches) }),
    loss: context => update.loss(join(context)),
  }
}

/** G's update by the right pictures alone. */
function updateByContent(gan: Gan, terms: readonly Term<PairContext>[], stream: string): Update {
  const { generator, latent, condition } = gan
  const inputs = { ...(latent && { noise: latent }), ...(condition && { condition }) }
  return {
    player: 'generator',
    nextBatches: [stream],
    loss(context) {
      const { samples: real, condition: given } = context.batches[stream]!
      const noise = latent && sampleLatent(latent, context.batchSize, context.random('latent'))
      const ordered = orderInputs(inputs, { ...(noise && { noise }), condition: given! })
      const random = (layer: string) => context.random(`generator/${layer}`)
      const fake = forward(generator, ordered, { training: true, moveStatistics: true, random })
      const values = terms.map(term => term.value({ fake, real }))
      return {
        loss: tf.addN(values.map((value, i) => value.mul(terms[i]!.weight))) as tf.Scalar,
        scalars: Object.fromEntries(terms.map(({ name }, i) => [name, values[i]!])),
      }
    },
  }
}
