import { type CheckpointFiles, encodeManifest, manifestName } from '../../src/checkpoint/manifest.ts'

/** The files of a checkpoint with one of them replaced, and the manifest to match. */
export async function sealed(
  files: CheckpointFiles,
  name: string,
  bytes: Uint8Array,
  step = 500,
): Promise<Map<string, Uint8Array>> {
  const changed = new Map(files).set(name, bytes)
  changed.delete(manifestName)
  return changed.set(manifestName, await encodeManifest(step, changed))
}
