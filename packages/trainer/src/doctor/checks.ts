import type { Check } from './check.ts'
import { discriminatorSaturated } from './discriminator-saturated.ts'
import { explodingGradients } from './exploding-gradients.ts'
import { generatorCollapsed } from './generator-collapsed.ts'
import { memorization } from './memorization.ts'
import { oscillation } from './oscillation.ts'
import { qualityRegressed } from './quality-regressed.ts'

/** Every check under the name of its finding; each run gets fresh ones. A new check is its file and a line here. */
export const checks = {
  'discriminator-saturated': discriminatorSaturated,
  'generator-collapsed': generatorCollapsed,
  oscillation,
  'exploding-gradients': explodingGradients,
  memorization,
  'quality-regressed': qualityRegressed,
} satisfies Readonly<Record<string, () => Check>>

/** The name of a failure that the doctor knows, as its finding has it. */
export type FindingName = keyof typeof checks

/** The names of all failures that the doctor knows. */
export const findingNames: readonly FindingName[] = Object.keys(checks) as FindingName[]
