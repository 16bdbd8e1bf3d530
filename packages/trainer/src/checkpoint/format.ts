import { damaged } from './damage.ts'
import {
  arraysName,
  type CheckpointFiles,
  checkFiles,
  encodeManifest,
  manifestName,
  stateName,
} from './manifest.ts'
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts'
import type { Snapshot } from './snapshot.ts'
import { type BestSoFar, decodeState, encodeState } from './state.ts'

/** What may be kept beside a snapshot. */
export interface CheckpointExtras {
  /** Plain data that JSON can hold, such as what the run was told. */
  readonly config?: unknown
  readonly best?: BestSoFar
}

/** A snapshot as it was kept, and what was kept beside it. */
export interface Checkpoint extends CheckpointExtras {
  readonly snapshot: Snapshot
}

/**
 * A snapshot as files: `arrays.safetensors`, `state.json` and, last, `manifest.json` with the sizes and SHA-256 of both.
 * @throws GankitError for a configuration or a best that JSON can't hold
 */
export async function encodeCheckpoint(
  { state, arrays }: Snapshot,
  extras: CheckpointExtras = {},
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>([
    [arraysName, encodeSafetensors(arrays)],
    [stateName, encodeState({ state, ...extras })],
  ])
  return files.set(manifestName, await encodeManifest(state.step, files))
}

/**
 * A snapshot from its files, every byte of which is checked first.
 * @param where the files are, for messages: their folder
 * @throws GankitError of one line that names the file which is damaged, missing or of a newer version
 */
export async function decodeCheckpoint(files: CheckpointFiles, where: string): Promise<Checkpoint> {
  const { arrays, state: bytes, step } = await checkFiles(files, where)
  const path = `${where}/${stateName}`
  const { state, ...extras } = decodeState(bytes, path)
  if (state.step !== step) throw damaged(path, `is of step ${state.step}, expected ${step} by its manifest`)
  return { snapshot: { state, arrays: decodeSafetensors(arrays, `${where}/${arraysName}`) }, ...extras }
}
