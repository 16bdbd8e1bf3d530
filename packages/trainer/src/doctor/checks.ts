import type { Check } from './check.ts'
import { discriminatorSaturated } from './discriminator-saturated.ts'
import { diverged } from './diverged.ts'
import { explodingGradients } from './exploding-gradients.ts'
import { generatorCollapsed } from './generator-collapsed.ts'
import { memorization } from './memorization.ts'
import { oscillation } from './oscillation.ts'
import { qualityRegressed } from './quality-regressed.ts'

/** The names of all failures that the doctor knows, as its findings have them. */
export const findingNames = [
  'discriminator-saturated',
  'generator-collapsed',
  'oscillation',
  'exploding-gradients',
  'diverged',
  'memorization',
  'quality-regressed',
] as const

/** The name of a failure that the doctor knows. */
export type FindingName = (typeof findingNames)[number]

/** Every check under the name of its finding; each run gets fresh ones. A new check is its file, its name and a line here. */
export const checks: Readonly<Record<FindingName, () => Check>> = {
  'discriminator-saturated': discriminatorSaturated,
  'generator-collapsed': generatorCollapsed,
  oscillation,
  'exploding-gradients': explodingGradients,
  diverged,
  memorization,
  'quality-regressed': qualityRegressed,
}
