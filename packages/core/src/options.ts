import * as v from 'valibot'
import type { Condition } from './condition.ts'
import { GankitError } from './errors.ts'
import { type Latent, normalPrior } from './latent.ts'

/** A whole number from `min` up to the largest that a double holds exactly. */
export function wholeNumber(min = 1): v.GenericSchema<number> {
  return v.pipe(v.number(), v.safeInteger('expected a whole number'), v.minValue(min))
}

/** A finite number above zero. */
export const positive: v.GenericSchema<number> = v.pipe(
  v.number(),
  v.finite('expected a finite number'),
  v.gtValue(0),
)

/** A number from 0, included, to 1, excluded. */
export const fraction: v.GenericSchema<number> = v.pipe(v.number(), v.minValue(0), v.ltValue(1))

const finite = v.pipe(v.number(), v.finite())
const prior = v.variant('name', [
  v.strictObject({ name: v.literal('normal'), mean: finite, std: positive }),
  v.strictObject({ name: v.literal('uniform'), min: finite, max: finite }),
])

const attribute = v.pipe(
  v.strictObject({
    name: v.string(),
    values: v.pipe(v.array(v.string()), v.minLength(2)),
    shares: v.optional(v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1)))),
  }),
  v.check(
    ({ values, shares }) => !shares || shares.length === values.length,
    'expected as many shares as values',
  ),
)

const condition = v.variant('kind', [
  v.strictObject({ kind: v.literal('categories'), attributes: v.pipe(v.array(attribute), v.minLength(1)) }),
  v.strictObject({
    kind: v.literal('image'),
    shape: v.tuple([wholeNumber(), wholeNumber(), wholeNumber()]),
  }),
  v.pipe(
    v.strictObject({
      kind: v.literal('tokens'),
      length: wholeNumber(),
      vocabulary: wholeNumber(2),
      words: v.optional(v.array(v.string())),
      examples: v.optional(v.pipe(v.array(v.array(wholeNumber(0))), v.minLength(1))),
    }),
    v.check(
      ({ words, vocabulary }) => !words || words.length === vocabulary,
      'expected as many words as the vocabulary has',
    ),
    v.check(
      ({ examples = [], length, vocabulary }) =>
        examples.every(tokens => tokens.length === length && tokens.every(token => token < vocabulary)),
      'expected examples of that length, of token numbers below vocabulary',
    ),
  ),
  v.strictObject({ kind: v.literal('vector'), size: wholeNumber() }),
])

/** A condition as an option of a model; none where it is left out. */
export const conditionOption: v.GenericSchema<Condition | undefined> = v.optional(
  condition,
) as v.GenericSchema<Condition | undefined>

/** A latent; 100 standard normal numbers where it is left out. */
export const latentOption: v.GenericSchema<Latent | undefined, Latent> = v.optional(
  v.strictObject({ size: wholeNumber(), prior }),
  { size: 100, prior: normalPrior() } as never,
) as v.GenericSchema<Latent | undefined, Latent>

/** A latent of which size and prior may be left out: 100 numbers, standard normal. */
export const partialLatentOption: v.GenericSchema<Partial<Latent> | undefined, Latent> = v.optional(
  v.strictObject({
    size: v.optional(wholeNumber(), 100),
    prior: v.optional(prior, normalPrior() as never),
  }),
  {},
) as v.GenericSchema<Partial<Latent> | undefined, Latent>

/** @throws GankitError for a uniform prior whose ends are no interval */
export function checkLatent(packageName: string, latent: Latent): void {
  const { prior } = latent
  if (prior.name === 'uniform' && !(prior.min < prior.max))
    throw new GankitError(
      packageName,
      'option',
      `latent.prior.max is ${prior.max}, expected a number above min (${prior.min})`,
    )
}

/**
 * Checks options against a schema and fills in its defaults.
 * @throws GankitError that names the first option at fault, what it is and what was expected
 */
export function parseOptions<Output>(
  packageName: string,
  schema: v.GenericSchema<unknown, Output>,
  options: unknown,
): Output {
  const result = v.safeParse(schema, options)
  if (result.success) return result.output
  const issue = result.issues[0]
  const path = v.getDotPath(issue) ?? 'the options'
  if (issue.expected === 'never') throw new GankitError(packageName, 'option', `there is no option ${path}`)
  const expected = issue.expected ? `expected ${formatExpected(issue.expected)}` : issue.message
  throw new GankitError(packageName, 'option', `${path} is ${show(issue)}, ${expected}`, { option: path })
}

/** A value as it was given, where it is short plain data; else its kind. */
function show({ input, received }: v.BaseIssue<unknown>): string {
  const text = Array.isArray(input) ? JSON.stringify(input) : undefined
  return text !== undefined && text.length <= 40 ? text : received
}

/** What a schema expected, in words: valibot's '>=8' as 'at least 8'. */
export function formatExpected(expected: string): string {
  return expected
    .replace(/^>=(?=\S)/, 'at least ')
    .replace(/^<=(?=\S)/, 'at most ')
    .replace(/^>(?=\S)/, 'above ')
    .replace(/^<(?=\S)/, 'below ')
}
