export { createDcgan } from './dcgan.ts'
export type { DcganOptions } from './options.ts'
export { presets } from './presets.ts'
export { type StagePlan, stagePlan } from './stage-plan.ts'
