import { GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

/** What every layer of tfjs takes: `name`, `trainable`, `inputShape` for the first layer of a model. */
export type LayerOptions = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>

/** @throws GankitError that names the option, what it is and what was expected, unless `holds` */
export function expectOption(holds: boolean, option: string, got: unknown, expected: string): void {
  if (!holds) throw new GankitError('layers', 'option', `${option} is ${got}, expected ${expected}`)
}

/** @throws GankitError unless `got` is a whole number from 1 up */
export function expectCount(option: string, got: unknown): void {
  expectOption(Number.isSafeInteger(got) && (got as number) >= 1, option, got, 'a whole number from 1 up')
}

/** @throws GankitError that names the option, unless `got` is one of the choices */
export function expectChoice(option: string, got: unknown, choices: readonly string[]): void {
  const [last, ...rest] = choices.map(choice => `'${choice}'`).reverse()
  expectOption(choices.includes(got as string), option, `'${got}'`, `${rest.reverse().join(', ')} or ${last}`)
}

/** @returns how many features the rows of [n, features] have @throws GankitError for another rank or size */
export function featuresOf(layer: string, shape: tf.Shape | tf.Shape[], expected?: number): number {
  const features = shape[1]
  const fits = shape.length === 2 && typeof features === 'number' && features === (expected ?? features)
  if (fits) return features
  throw new GankitError(
    'layers',
    'data',
    `${layer} got input of shape [${shape}], expected [n, ${expected ?? 'features'}]: flatten it first?`,
  )
}
