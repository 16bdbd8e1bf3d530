import { checkSeed, GankitError, type Objective } from '@gankit/core'
import { checkWhole } from '../check-whole.ts'
import type { RealSamples } from './samples.ts'

/** The failures that the doctor knows, as its findings name them. */
export const findingNames = [
  'discriminator-won',
  'generator-collapsed',
  'oscillation',
  'exploding-gradients',
  'memorising',
  'past-its-best',
] as const

export type FindingName = (typeof findingNames)[number]

export interface DoctorOptions {
  /** Steps between two readings of the figures, each of which waits for the backend; from 1. Default 50. */
  readonly every?: number
  /** Steps between two looks at samples, from 1; 0: never. Default 500. */
  readonly lookEvery?: number
  /** What the run trains for: losses are judged as against its equilibrium. */
  readonly objective?: Objective
  /** Where real samples come from, asked once, at the first look. Without it samples are not looked at. */
  readonly real?: RealSamples
  /** Fakes in a look, and real samples that they are compared with, from 16. Default 64. */
  readonly count?: number
  /** Real samples kept to look for copies among, from `count`; chosen at random from more. Default 1,024. */
  readonly keep?: number
  /** First steps, in which nothing is judged but gradients that are not finite, from 0. Default 200. */
  readonly warmUp?: number
  /** Steps for which a failure must have been gone to be told anew, from 1. Default 1,000. */
  readonly quiet?: number
  /** Seed of the latents and of the choice of real samples. Default 0. */
  readonly seed?: number
  /** What to look for. Default: everything. */
  readonly checks?: readonly FindingName[]
}

export type DoctorSettings = Required<Omit<DoctorOptions, 'objective' | 'real'>> &
  Pick<DoctorOptions, 'objective' | 'real'>

/** @throws GankitError for an option out of range */
export function doctorSettings(options: DoctorOptions): DoctorSettings {
  const count = options.count ?? 64
  const settings = {
    every: 50,
    lookEvery: 500,
    keep: Math.max(1024, count),
    warmUp: 200,
    quiet: 1000,
    seed: 0,
    checks: findingNames,
    ...options,
    count,
  }
  checkWhole('every', settings.every, 1)
  checkWhole('lookEvery', settings.lookEvery, 0)
  checkWhole('count', count, 16)
  checkWhole('keep', settings.keep, count)
  checkWhole('warmUp', settings.warmUp, 0)
  checkWhole('quiet', settings.quiet, 1)
  checkSeed(settings.seed)
  for (const name of settings.checks)
    if (!findingNames.includes(name))
      throw new GankitError('trainer', 'option', `check is ${name}, expected ${findingNames.join(', ')}`)
  return settings
}
