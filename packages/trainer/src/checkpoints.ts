export {
  type Checkpoint,
  type CheckpointExtras,
  decodeCheckpoint,
  encodeCheckpoint,
} from './checkpoint/format.ts'
export { type CheckpointFiles, checkpointFileNames } from './checkpoint/manifest.ts'
export { decodeSafetensors, encodeSafetensors, type NamedArray } from './checkpoint/safetensors.ts'
