export { type InstallOptions, installNative, removeNative } from './node/install/install-native.ts'
export {
  installedNative,
  type NativeInstall,
  nativeInstalls,
  requireSharing,
} from './node/install/installed.ts'
export { type Trial, tryNative } from './node/install/trial.ts'
export type { InstallEvent } from './node/install/workshop.ts'
export type { Operations } from './node/native/threads.ts'
export { registerNativeTrainingKernels } from './node/native/training-kernels.ts'
export { type SelectOptions, selectBackend } from './node/select.ts'
export {
  type Survey,
  type SurveyName,
  type SurveyOptions,
  type SurveyRow,
  surveyBackends,
} from './node/survey.ts'
export { type Probe, type ProbeOptions, probeBackend } from './node/survey-probe.ts'
export { measureSpeed, type Speed } from './node/survey-speed.ts'
export { maxThreads } from './threads.ts'
