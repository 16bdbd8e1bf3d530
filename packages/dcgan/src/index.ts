export { architectures } from './architectures.ts'
export { createDcgan } from './dcgan.ts'
export type { DcganOptions } from './options.ts'

export { type StagePlan, stagePlan } from './stage-plan.ts'
