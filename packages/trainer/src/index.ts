export { type Algorithm1Options, algorithm1, type Disturb } from './algorithm1.ts'
export { type Average, averageOf } from './average.ts'
export { type CheckpointsOptions, checkpoints } from './callbacks/checkpoints.ts'
export { doctor } from './callbacks/doctor.ts'
export { type EarlyStopOptions, earlyStop } from './callbacks/early-stop.ts'
export { type Figures, type FiguresOptions, figures } from './callbacks/figures.ts'
export { type EventRecord, type JsonLinesOptions, jsonLines } from './callbacks/json-lines.ts'
export { type ProgressOptions, type ProgressOutput, progress, progressLine } from './callbacks/progress.ts'
export { type SamplesOptions, samples } from './callbacks/samples.ts'
export { type TensorBoardImage, type TensorBoardOptions, tensorboard } from './callbacks/tensorboard.ts'
export { timeLimit } from './callbacks/time-limit.ts'
export {
  type Checkpoint,
  type CheckpointExtras,
  decodeCheckpoint,
  encodeCheckpoint,
} from './checkpoint/format.ts'
export { indexedDbStore } from './checkpoint/indexed-db-store.ts'
export { type LoadOptions, loadCheckpoint } from './checkpoint/load.ts'
export type { CheckpointFiles } from './checkpoint/manifest.ts'
export { memoryStore } from './checkpoint/memory-store.ts'
export type { Keep } from './checkpoint/retention.ts'
export { type SaveOptions, saveCheckpoint } from './checkpoint/save.ts'
export type { BestSoFar } from './checkpoint/state.ts'
export type { CheckpointStore } from './checkpoint/store.ts'
export {
  type DifferentiableAugmentationOptions,
  differentiableAugmentation,
} from './differentiable-augmentation.ts'
export { type DiscriminatorWonOptions, discriminatorWon } from './doctor/discriminator-won.ts'
export { meanPairwiseDistance, type NearestOptions, nearestDistances } from './doctor/distances.ts'
export { effectiveRank } from './doctor/effective-rank.ts'
export { type ExplodingGradientsOptions, explodingGradients } from './doctor/exploding-gradients.ts'
export { generatorCollapsed, type Spread, spreadOf } from './doctor/generator-collapsed.ts'
export { leastLoss } from './doctor/least-loss.ts'
export { memorising, type Neighbourhood, neighbourhoodOf } from './doctor/memorising.ts'
export { type DoctorOptions, type FindingName, findingNames } from './doctor/options.ts'
export { type OscillationOptions, oscillation } from './doctor/oscillation.ts'
export { autocorrelation, type Rhythm, rhythmOf } from './doctor/rhythm.ts'
export type { RealSamples } from './doctor/samples.ts'
export type { Reading, Symptom } from './doctor/symptom.ts'
export type {
  Callback,
  CheckpointEvent,
  EndEvent,
  FiguresEvent,
  FindingEvent,
  MeasuredFigure,
  RollbackEvent,
  RunContext,
  StartEvent,
  StepEvent,
  StepValues,
  ToldEvent,
  TrainerEvent,
  WarningEvent,
  Watcher,
} from './events.ts'
export { clipToNorm, gradientNorm } from './gradient-norm.ts'
export type { GuardOptions } from './guard.ts'
export { hashWeights } from './hash.ts'
export { instanceNoise } from './instance-noise.ts'
export type { Limits } from './limit.ts'
export { type Game, type Move, play, type ReduceGradients, type Round, type Turn } from './move.ts'
export { type AdamOptions, adam } from './optimizers/adam.ts'
export { type MomentumOptions, momentum } from './optimizers/momentum.ts'
export { type Gradients, type Optimizer, optimizerOf, type Rule } from './optimizers/optimizer.ts'
export { type RmsPropOptions, rmsprop } from './optimizers/rmsprop.ts'
export {
  constant,
  cosine,
  exponentialDecay,
  linear,
  type Schedule,
  warmUp,
} from './optimizers/schedule.ts'
export { createSchedule, type ScheduleSettings } from './optimizers/schedule-settings.ts'
export { createOptimizer, type OptimizerSettings, optimizerNames } from './optimizers/settings.ts'
export { type SgdOptions, sgd } from './optimizers/sgd.ts'
export type { RunOptions, TrainerOptions } from './options.ts'
export { decodeSafetensors, encodeSafetensors, type NamedArray } from './safetensors.ts'
export { restoreSnapshot, type Snapshot, type SnapshotState, takeSnapshot } from './snapshot.ts'
export {
  eventRecord,
  type HistogramSummary,
  type ImageSummary,
  type SummaryValue,
  type TensorBoardEvent,
} from './tensorboard/event.ts'
export { histogramOf } from './tensorboard/histogram.ts'
export { createTrainer, type Trainer } from './trainer.ts'
export type { Optimizers, Training } from './training.ts'
