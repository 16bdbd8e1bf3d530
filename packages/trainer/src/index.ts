export { type Algorithm1Options, algorithm1 } from './algorithm1.ts'
export { type Average, averageOf } from './average.ts'
export { type EventRecord, type JsonLinesOptions, jsonLines } from './callbacks/json-lines.ts'
export { type ProgressOptions, type ProgressOutput, progress, progressLine } from './callbacks/progress.ts'
export type { Callback, EndEvent, StartEvent, StepEvent, StepValues, TrainerEvent } from './events.ts'
export { hashWeights } from './hash.ts'
export { type Move, play, type ReduceGradients, type Turn } from './move.ts'
export { type AdamOptions, adam } from './optimizers/adam.ts'
export { type MomentumOptions, momentum } from './optimizers/momentum.ts'
export { type Gradients, type Optimizer, optimizerOf, type Rule } from './optimizers/optimizer.ts'
export { type RmsPropOptions, rmsprop } from './optimizers/rmsprop.ts'
export { exponentialDecay, linear, type Schedule } from './optimizers/schedule.ts'
export { createOptimizer, type OptimizerSettings, optimizerNames } from './optimizers/settings.ts'
export { type SgdOptions, sgd } from './optimizers/sgd.ts'
export { decodeSafetensors, encodeSafetensors, type NamedArray } from './safetensors.ts'
export { restoreSnapshot, type Snapshot, type SnapshotState, takeSnapshot } from './snapshot.ts'
export {
  createTrainer,
  type Optimizers,
  type RunOptions,
  type Trainer,
  type TrainerOptions,
} from './trainer.ts'
