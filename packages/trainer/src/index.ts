export { type CheckpointsOptions, checkpoints } from './callbacks/checkpoints.ts'
export { type EarlyStopOptions, earlyStop } from './callbacks/early-stop.ts'
export { type Evaluation, type EvaluationOptions, evaluation } from './callbacks/evaluation.ts'
export { type ProgressOptions, type ProgressOutput, progress } from './callbacks/progress.ts'
export { type SamplesOptions, samples } from './callbacks/samples.ts'
export { type SteeringOptions, type SteeringWishes, steering } from './callbacks/steering.ts'
export { timeLimit } from './callbacks/time-limit.ts'
export { indexedDbStore } from './checkpoint/indexed-db-store.ts'
export { type LoadOptions, loadCheckpoint } from './checkpoint/load.ts'
export { memoryStore } from './checkpoint/memory-store.ts'
export type { RetentionPolicy } from './checkpoint/retention.ts'
export { type SaveOptions, saveCheckpoint } from './checkpoint/save.ts'
export { restoreSnapshot, type Snapshot, type SnapshotState, takeSnapshot } from './checkpoint/snapshot.ts'
export type { BestSoFar } from './checkpoint/state.ts'
export type { CheckpointStore } from './checkpoint/store.ts'
export { doctor } from './doctor/doctor.ts'
export type { DoctorOptions } from './doctor/options.ts'
export {
  type Algorithm1Options,
  algorithm1,
  type DiscriminatorTransform,
  realStream,
} from './game/algorithm1.ts'
export type {
  Game,
  GameState,
  Networks,
  Player,
  ReduceGradients,
  Round,
  SavedState,
  Update,
  UpdateContext,
  UpdateLoss,
} from './game/game.ts'
export { inTraining, meanProbability } from './game/passes.ts'
export { addTerms, computePenalties } from './game/penalties.ts'
export { type SamplePool, type SamplePoolOptions, samplePool } from './game/sample-pool.ts'
export type { DataStreams } from './game/step.ts'
export { createGanTrainer, type GanTrainer, type GanTrainerOptions } from './gan-trainer.ts'
export { hashWeights } from './hash.ts'
export { type AdamOptions, adam } from './optimizers/adam.ts'
export { type MomentumOptions, momentum } from './optimizers/momentum.ts'
export type { Gradients, Optimizer } from './optimizers/optimizer.ts'
export { type RmsPropOptions, rmsprop } from './optimizers/rmsprop.ts'
export {
  constant,
  cosine,
  exponentialDecay,
  linear,
  type Schedule,
  warmUp,
} from './optimizers/schedule.ts'
export { type SgdOptions, sgd } from './optimizers/sgd.ts'
export type {
  Callback,
  CallbackEvent,
  CheckpointEvent,
  EndEvent,
  FindingEvent,
  MetricsEvent,
  MetricValue,
  Observer,
  RollbackEvent,
  RunContext,
  ScalarValues,
  StartEvent,
  SteeredEvent,
  StepEvent,
  TrainerEvent,
  WarningEvent,
} from './run/events.ts'
export type { GuardOptions } from './run/guard.ts'
export type { Limits } from './run/limit.ts'
export type { RunOptions } from './run/loop.ts'
export { type TensorBoardImage, type TensorBoardOptions, tensorboard } from './tensorboard/callback.ts'
export {
  createTrainer,
  type Trainer,
  type TrainerOptions,
  type TrainingData,
} from './trainer.ts'
export { type LearningRateScales, scaleLearningRates, type Training, withAverages } from './training.ts'
export {
  type DifferentiableAugmentationOptions,
  differentiableAugmentation,
} from './transforms/differentiable-augmentation.ts'
export { instanceNoise } from './transforms/instance-noise.ts'
