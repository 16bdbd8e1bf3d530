import { checkOption, checkPositive, GankitError, type Objective } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

/** What is checked of the game's options. */
interface Checked {
  readonly textEncoder: tf.LayersModel
  readonly pictureEncoder: tf.LayersModel
  readonly objective: Objective
  readonly interpolated: number
  readonly matchingWeight: number
  readonly temperature: number
  readonly encoderSteps: number
}

/** @throws GankitError for options out of range, networks that don't fit together, and objectives that compare pairs of samples */
export function checkGanCls({ textEncoder, pictureEncoder, objective, ...numbers }: Checked): void {
  const { interpolated, matchingWeight, temperature, encoderSteps } = numbers
  const check = (name: string, value: number, isRight: boolean, expected: string) =>
    checkOption('gan-cls', name, value, isRight, expected)
  check('interpolated', interpolated, interpolated >= 0 && interpolated <= 1, 'a share from 0 to 1')
  check(
    'matchingWeight',
    matchingWeight,
    matchingWeight >= 0 && Number.isFinite(matchingWeight),
    'a number from 0',
  )
  checkPositive('gan-cls', 'temperature', temperature)
  check('encoderSteps', encoderSteps, encoderSteps >= 0, 'a number of steps from 0')
  checkEncoders({ textEncoder, pictureEncoder })
  const { comparesWithReal = false, terms = [] } = objective
  if (comparesWithReal || terms.length > 0)
    throw new GankitError(
      'gan-cls',
      'option',
      `the objective ${comparesWithReal ? 'compares fakes with real samples one by one' : `has the terms ${terms.map(({ name }) => name).join(', ')}`}, which GAN-CLS doesn't: take non-saturating, hinge or least-squares without terms`,
    )
}

/** @throws GankitError for encoders whose numbers can't be compared */
export function checkEncoders({
  textEncoder,
  pictureEncoder,
}: Pick<Checked, 'textEncoder' | 'pictureEncoder'>): void {
  const [text, picture] = [textEncoder, pictureEncoder].map(({ outputs }) => outputs[0]!.shape.at(-1)!)
  if (text !== picture)
    throw new GankitError(
      'gan-cls',
      'option',
      `the text encoder gives ${text} numbers and the picture encoder ${picture}, expected as many: give both one size`,
    )
}
