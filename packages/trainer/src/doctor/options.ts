import { checkChoice, checkInteger, checkSeed, type Objective } from '@gankit/core'
import { type FindingName, findingNames } from './checks.ts'
import type { RealSamples } from './sample-checks.ts'

export interface DoctorOptions {
  /** Steps between two readings of the scalars, each of which waits for the backend; from 1. Default 50. */
  readonly every?: number
  /** Steps between two comparisons of samples, from 1; 0: never. Default 500. */
  readonly samplesEvery?: number
  /** The objective of the run: losses are judged against its equilibrium. Default: those that the game describes. */
  readonly objective?: Objective
  /** Gives real samples, once, for the first comparison. Without it samples are not compared. */
  readonly real?: RealSamples
  /** Fakes in a comparison, and real samples that they are compared with, from 16. Default 64. */
  readonly count?: number
  /** Real samples kept to look for copies among, from `count`; chosen at random from more. Default 1,024. */
  readonly keep?: number
  /** First steps, in which nothing is judged but losses that are absurd or not finite, from 0. Default 200. */
  readonly warmUp?: number
  /** Steps for which a failure must have been gone before it is a new finding, from 1. Default 1,000. */
  readonly quiet?: number
  /** Seed of the latents and of the choice of real samples. Default 0. */
  readonly seed?: number
  /** What to look for. Default: everything. */
  readonly checks?: readonly FindingName[]
}

export type DoctorSettings = Required<Omit<DoctorOptions, 'objective' | 'real'>> &
  Pick<DoctorOptions, 'objective' | 'real'>

/** @throws GankitError for an option out of range */
export function resolveDoctorOptions(options: DoctorOptions): DoctorSettings {
  const count = options.count ?? 64
  const settings = {
    every: 50,
    samplesEvery: 500,
    keep: Math.max(1024, count),
    warmUp: 200,
    quiet: 1000,
    seed: 0,
    checks: findingNames,
    ...options,
    count,
  }
  checkInteger('trainer', 'every', settings.every, 1)
  checkInteger('trainer', 'samplesEvery', settings.samplesEvery, 0)
  checkInteger('trainer', 'count', count, 16)
  checkInteger('trainer', 'keep', settings.keep, count)
  checkInteger('trainer', 'warmUp', settings.warmUp, 0)
  checkInteger('trainer', 'quiet', settings.quiet, 1)
  checkSeed(settings.seed)
  for (const name of settings.checks) checkChoice('trainer', 'check', name, findingNames)
  return settings
}
