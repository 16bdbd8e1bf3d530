import { sha256 } from '@gankit/core'
import { checkVersion, countIn, damaged, parseObject } from './damage.ts'

/** The files of a checkpoint by their names, which are those of a folder on a disk. */
export type CheckpointFiles = ReadonlyMap<string, Uint8Array>

/** The layout of a checkpoint's files. */
const version = 1

export const arraysName = 'arrays.safetensors'
export const stateName = 'state.json'
export const manifestName = 'manifest.json'

/** All files of a checkpoint. The manifest is the last: once it is there, so is what it tells of. */
export const checkpointFileNames: readonly string[] = [arraysName, stateName, manifestName]

/** The manifest of these files: `{ version, step, files: { name: { bytes, sha256 } } }` as JSON. */
export async function encodeManifest(step: number, files: CheckpointFiles): Promise<Uint8Array> {
  const entries: Record<string, { bytes: number; sha256: string }> = {}
  for (const [name, bytes] of files)
    entries[name] = { bytes: bytes.length, sha256: await sha256(bytes as Uint8Array<ArrayBuffer>) }
  return new TextEncoder().encode(`${JSON.stringify({ version, step, files: entries }, null, 2)}\n`)
}

/**
 * Holds files against their manifest. Files that no checkpoint has are passed over.
 * @param where the files are, for messages: their folder
 * @returns the arrays and the state, as they were written, and the step that they are of
 * @throws GankitError that names the file which is missing, of another size, of other bytes or of a newer version
 */
export async function checkFiles(
  files: CheckpointFiles,
  where: string,
): Promise<{ readonly arrays: Uint8Array; readonly state: Uint8Array; readonly step: number }> {
  const path = `${where}/${manifestName}`
  const manifest = parseObject(path, fileIn(files, where, manifestName))
  checkVersion(path, manifest['version'], version)
  const step = countIn(path, 'step', manifest['step'])
  const check = async (name: string) => {
    const bytes = fileIn(files, where, name)
    const entry = entryIn(manifest['files'], name)
    const size = countIn(path, `the size of ${name}`, entry?.['bytes'])
    if (bytes.length !== size)
      throw damaged(`${where}/${name}`, `has ${bytes.length} bytes, expected ${size} by its manifest`)
    const sum = await sha256(bytes as Uint8Array<ArrayBuffer>)
    if (sum !== entry?.['sha256'])
      throw damaged(`${where}/${name}`, `has SHA-256 ${sum}, expected another one by its manifest`)
    return bytes
  }
  return { arrays: await check(arraysName), state: await check(stateName), step }
}

function fileIn(files: CheckpointFiles, where: string, name: string): Uint8Array {
  const bytes = files.get(name)
  if (!bytes) throw damaged(`${where}/${name}`, `is missing, expected ${checkpointFileNames.join(', ')}`)
  return bytes
}

function entryIn(entries: unknown, name: string): Record<string, unknown> | undefined {
  if (typeof entries !== 'object' || entries === null || !Object.hasOwn(entries, name)) return undefined
  return ((entries as Record<string, unknown>)[name] ?? undefined) as Record<string, unknown> | undefined
}
