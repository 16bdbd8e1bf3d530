export {
  type App,
  type AppData,
  type CreateOptions,
  type CreateStreamsOptions,
  defineApp,
  type GameApp,
  type GanApp,
  listStreamNames,
  type NamedStreamData,
  type Preset,
  resolveFolder,
  type SamplePicture,
  type ShippedGenerator,
  type ShownSamples,
  type StreamData,
  type StreamsApp,
  selectPreset,
} from './app.ts'
export { buildTrainer, createGameParts, type GameParts } from './build-trainer.ts'
export { compareConfigs, type Difference, formatDifference } from './differences.ts'
export { type HistoryPoint, type RunHistory, readHistory } from './events/history.ts'
export { type EventLog, parseEvents } from './events/parse.ts'
export {
  type EndRecord,
  type EventLinesOptions,
  type EventRecord,
  eventLines,
  formatEvent,
  type RecordOf,
  recordEvent,
  type ScalarRecord,
  type StartRecord,
  type StepRecord,
} from './events/records.ts'
export { checkDifferences, type ResumeChanges, type ResumedConfig, resumeConfig } from './resume.ts'
export {
  beginNextEpoch,
  closeStreams,
  type OpenStream,
  type OpenStreamsOptions,
  openStreams,
  startBatches,
} from './run/open-streams.ts'
export {
  type AppMeasures,
  findShownSamples,
  type GivenSamples,
  type RunSamples,
  readGiven,
  readSamples,
  selectMeasures,
} from './run/shown-samples.ts'
export {
  checkRunConfig,
  configVersion,
  describeRunConfig,
  type PlannedConfig,
  planConfig,
  type RunChoices,
  type RunConfig,
  type RunDescription,
} from './run-config.ts'
export {
  changeSettings,
  checkTrainingSettings,
  checkUnusedFlags,
  completeSettings,
} from './settings/check.ts'
export { type CoolingAdamOptions, coolingAdam } from './settings/cooling-adam.ts'
export type { TrainingFlags } from './settings/flags.ts'
export { algorithm1Settings, trainingSettings } from './settings/training-settings.ts'
export type { CompleteSettings, TrainingSettings } from './settings/types.ts'
export { fitToDataset } from './small-dataset.ts'
export { type PairParts, type SplitDataset, splitDataset, splitPairs } from './split-pairs.ts'
export {
  checkPairs,
  chooseStreamSeed,
  isPairedStream,
  listStreams,
  mapStreams,
  type PerStream,
  type PlannedData,
  type SampleDescription,
  type StreamConfig,
} from './streams.ts'
