import {
  type Condition,
  conditionOption,
  conditionShape,
  formatExpected,
  GankitError,
  type Generator,
  type Latent,
  latentOption,
  normalPrior,
  type Prior,
  wholeNumber,
} from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import * as v from 'valibot'
import type { GeneratorDescription } from './inputs.ts'

/** What a saved model holds in `userDefinedMetadata.gankit`. */
export interface GeneratorMetadata extends GeneratorDescription {
  readonly version: 2
}

/** Makes the error that names a saved model, from what was got and what was expected. */
export type Refuse = (got: string, expected: string) => GankitError

/** Errors about a model, at a path or an address, in one line whatever the model holds. */
export function refuseModel(path: string): Refuse {
  const oneLine = (text: string) => text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 400)
  return (got, expected) =>
    new GankitError('inference', 'data', `${path} ${oneLine(got)}, expected ${oneLine(expected)}`)
}

const schema = v.strictObject({
  version: v.literal(2),
  noise: v.optional(latentOption),
  condition: conditionOption,
  sampleShape: v.pipe(v.array(wholeNumber()), v.minLength(1)),
  output: v.optional(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('sample') }),
      v.strictObject({
        kind: v.literal('sequence'),
        length: wholeNumber(),
        vocabulary: wholeNumber(2),
        start: wholeNumber(0),
      }),
    ]),
  ),
})

/** The metadata of a generator. @throws GankitError where its description contradicts itself or its model */
export function describeGenerator({ model, ...generator }: Generator): GeneratorMetadata {
  const { noise, condition, sampleShape, output } = generator
  const metadata = {
    version: 2,
    ...(noise && { noise }),
    ...(condition && { condition }),
    sampleShape,
    ...(output && { output }),
  } as const
  const refuse = refuseModel('the generator')
  checkModel(model, parseVersion2(metadata, refuse), refuse)
  return metadata
}

/**
 * What a model's metadata say of its generator, checked against the model. A model without metadata gets standard
 * normal noise of its input's size.
 * @throws GankitError for metadata of another format, and for what contradicts itself or the model
 */
export function readDescription(model: tf.LayersModel, refuse: Refuse): GeneratorDescription {
  const metadata = (model.getUserDefinedMetadata() as { gankit?: unknown } | undefined)?.gankit
  if (isObject(metadata) && 'version' in metadata) {
    const description = parseVersion2(metadata, refuse)
    checkModel(model, description, refuse)
    return description
  }
  if (metadata !== undefined && !(isObject(metadata) && 'latent' in metadata))
    throw refuse(`has metadata ${JSON.stringify(metadata)}`, 'the metadata of a generator, version 2')
  const [size, sampleShape] = sizesOfLatentModel(model, refuse)
  const noise = metadata ? parseVersion1(metadata['latent'], size, refuse) : { size, prior: normalPrior() }
  return { noise, sampleShape }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseVersion2(metadata: object, refuse: Refuse): GeneratorDescription {
  const { version } = metadata as { version?: unknown }
  if (version !== 2)
    throw refuse(
      `has metadata of version ${JSON.stringify(version)}`,
      'version 2: open it with the gankit that wrote it',
    )
  const result = v.safeParse(schema, metadata)
  if (!result.success) {
    const issue = result.issues[0]
    const path = v.getDotPath(issue) ?? 'metadata'
    if (issue.expected === 'never') throw refuse(`names ${path}`, 'no metadata of this name')
    throw refuse(
      `names ${path} ${issue.received}`,
      issue.expected ? formatExpected(issue.expected) : issue.message.replace(/^expected /, ''),
    )
  }
  const { version: _, ...description } = result.output
  checkDescription(description as GeneratorDescription, refuse)
  return description as GeneratorDescription
}

/** What a schema can't say. */
function checkDescription(
  { noise, condition, sampleShape, output }: GeneratorDescription,
  refuse: Refuse,
): void {
  if (noise?.prior.name === 'uniform' && !(noise.prior.min < noise.prior.max))
    throw refuse(`names noise.prior.max ${noise.prior.max}`, `a number above min (${noise.prior.min})`)
  if (condition?.kind === 'categories') checkAttributes(condition.attributes, refuse)
  if (output?.kind === 'sequence') {
    if (noise) throw refuse('names noise of a sequence generator', 'none: its tokens are drawn')
    if (String(sampleShape) !== String(output.length))
      throw refuse(`names sampleShape [${sampleShape.join(', ')}]`, `[${output.length}], as output.length`)
  } else if (!noise && !condition) throw refuse('names neither noise nor a condition', 'one of them')
}

function checkAttributes(
  attributes: Extract<Condition, { kind: 'categories' }>['attributes'],
  refuse: Refuse,
): void {
  const repeated = (names: readonly string[]) => names.find((name, i) => names.indexOf(name) !== i)
  const name = repeated(attributes.map(({ name }) => name))
  if (name !== undefined) throw refuse(`names attribute '${name}' twice`, 'each attribute once')
  for (const { name, values, shares } of attributes) {
    const value = repeated(values)
    if (value !== undefined) throw refuse(`names value '${value}' of ${name} twice`, 'each value once')
    const sum = shares?.reduce((sum, share) => sum + share, 0) ?? 1
    if (Math.abs(sum - 1) > 1e-3) throw refuse(`names shares of ${name} that sum to ${sum}`, '1')
  }
}

/** @throws GankitError unless the model's inputs and output are those of the description; open sides fit any length */
function checkModel(
  { inputs, outputs }: tf.LayersModel,
  { noise, condition, sampleShape, output }: GeneratorDescription,
  refuse: Refuse,
): void {
  const sequence = output?.kind === 'sequence' ? output : undefined
  const expected = [
    ...(sequence ? [[sequence.length]] : noise ? [[noise.size]] : []),
    ...(condition ? [conditionShape(condition)] : []),
  ]
  const made = sequence ? [sequence.length, sequence.vocabulary] : sampleShape
  const fits = (tensors: readonly tf.SymbolicTensor[], shapes: readonly (readonly number[])[]) =>
    tensors.length === shapes.length &&
    tensors.every(({ shape }, i) => {
      const [, ...sides] = shape
      return (
        sides.length === shapes[i]!.length &&
        sides.every((side, axis) => side === null || side === shapes[i]![axis])
      )
    })
  if (fits(inputs, expected) && fits(outputs, [made])) return
  const text = (shapes: readonly (readonly number[])[]) =>
    shapes.map(shape => `[${['n', ...shape].join(', ')}]`).join(' and ')
  throw refuse(
    `makes ${formatShapes(outputs)} of ${formatShapes(inputs)}`,
    `${text([made])} of ${text(expected)}`,
  )
}

function formatShapes(tensors: readonly tf.SymbolicTensor[]): string {
  return tensors.map(({ shape }) => `[${shape.map(side => side ?? 'n').join(', ')}]`).join(' and ')
}

/** The sizes of a model of noise alone. */
function sizesOfLatentModel(
  { inputs, outputs }: tf.LayersModel,
  refuse: Refuse,
): [size: number, sampleShape: number[]] {
  const [size, sampleShape] = [inputs[0]?.shape[1], outputs[0]?.shape.slice(1) as number[]]
  const fits = inputs.length === 1 && outputs.length === 1 && inputs[0]!.shape.length === 2
  if (!fits || !size || !sampleShape.every(Boolean))
    throw refuse(
      `makes ${formatShapes(outputs)} of ${formatShapes(inputs)}`,
      'one output of one latent [n, size]',
    )
  return [size, sampleShape]
}

/** The latent of version 1, `{ gankit: { latent } }`, which had conditions as a part of noise. */
function parseVersion1(metadata: unknown, size: number, refuse: Refuse): Latent {
  const latent = metadata as (Partial<Latent> & { conditions?: unknown }) | null
  if (latent?.size !== size)
    throw refuse(
      `names a latent of size ${JSON.stringify(latent?.size)}`,
      `${size}, as its generator's input has`,
    )
  if (!isPrior(latent.prior))
    throw refuse(`names a latent prior ${JSON.stringify(latent.prior)}`, 'a normal or a uniform one')
  if (latent.conditions !== undefined)
    throw refuse(
      'is of version 1 with conditions inside its noise',
      'version 2, where conditions are an input of their own: train it again with this version of gankit',
    )
  return { size, prior: latent.prior }
}

function isPrior(prior: Prior | undefined | null): prior is Prior {
  if (prior?.name === 'normal') return Number.isFinite(prior.mean) && Number.isFinite(prior.std)
  if (prior?.name === 'uniform') return Number.isFinite(prior.min) && Number.isFinite(prior.max)
  return false
}
