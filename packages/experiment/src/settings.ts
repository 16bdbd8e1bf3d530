// The table of training settings, without TensorFlow.js: what a command line needs before it knows what to do.
export { type TrainingFlag, type TrainingFlags, trainingFlags } from './settings/flags.ts'
export type { Flag, ResumeRule, Setting } from './settings/setting.ts'
export { trainingSettings } from './settings/training-settings.ts'
export type { CompleteSettings, SettingName, TrainingSettings } from './settings/types.ts'
export { fraction, integer, positive, type Value } from './settings/values.ts'
