export type { InstallEvent } from './node/install/build-context.ts'
export { type InstallOptions, installNative, removeNative } from './node/install/install-native.ts'
export {
  findInstalledNative,
  listNativeInstalls,
  type NativeInstall,
  requireWithSharedTfjs,
} from './node/install/installed.ts'
export { type SmokeTestResult, smokeTestNative } from './node/install/smoke-test.ts'
export type { Workload } from './node/native/threads.ts'
export { registerNativeTrainingKernels } from './node/native/training-kernels.ts'
export { type SelectOptions, selectBackend } from './node/select.ts'
export { type Probe, type ProbeOptions, probeBackend } from './node/survey/probe.ts'
export { measureSpeed, type Speed } from './node/survey/speed.ts'
export { type Survey, type SurveyOptions, type SurveyRow, surveyBackends } from './node/survey/survey.ts'
export { maxThreads } from './threads.ts'
