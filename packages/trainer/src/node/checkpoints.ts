import { createHash } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { GankitError } from '@gankit/core'
import { decodeSafetensors, encodeSafetensors } from '../safetensors.ts'
import type { Snapshot, SnapshotState } from '../snapshot.ts'
import { fileError, readBytes } from './file-error.ts'
import { wholeFolder, writeFolderAside } from './files.ts'
import { stepName } from './step-name.ts'

/** `state.json`: where the run is, and what the arrays beside it must be. */
type StateFile = SnapshotState & { readonly arraysSha256: string }

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

// A checkpoint, or what a killed process left of one beside it.
const ours = /^(?:(?<whole>\d+)|\.(?<old>\d+)\.old|\.\d+\.part)$/

/**
 * Writes `checkpoints/<step>/` with `arrays.safetensors` and `state.json`, then removes the earlier ones.
 * @throws GankitError when it can't be written; the checkpoints that were there are then still there
 */
export async function writeCheckpoint(run: string, { state, arrays }: Snapshot): Promise<void> {
  const folder = join(run, 'checkpoints')
  const bytes = encodeSafetensors(arrays)
  const stateFile: StateFile = { ...state, arraysSha256: sha256(bytes) }
  await writeFolderAside(join(folder, stepName(state.step)), {
    'arrays.safetensors': bytes,
    'state.json': `${JSON.stringify(stateFile, null, 2)}\n`,
  })
  try {
    for (const name of await readdir(folder))
      if (ours.test(name) && name !== stepName(state.step))
        await rm(join(folder, name), { recursive: true, force: true })
  } catch (error) {
    throw fileError('remove the earlier checkpoints in', folder, error)
  }
}

/** Reads the newest checkpoint of a run. @throws GankitError when there is none or it is damaged */
export async function readCheckpoint(run: string): Promise<Snapshot> {
  const folder = join(run, 'checkpoints')
  let names: string[]
  try {
    names = (await readdir(folder)).flatMap(name => {
      const { whole, old } = ours.exec(name)?.groups ?? {}
      return whole ?? old ?? []
    })
  } catch (error) {
    throw fileError('read', folder, error)
  }
  const newest = names.sort((a, b) => Number(b) - Number(a))[0]
  if (!newest)
    throw new GankitError('trainer', 'data', `${folder} holds no checkpoint: this run can't be continued`)
  const place = await wholeFolder(join(folder, newest))
  const [arraysPath, statePath] = [join(place, 'arrays.safetensors'), join(place, 'state.json')]
  const bytes = await readBytes(arraysPath)
  const arrays = decodeSafetensors(bytes, arraysPath)
  const { arraysSha256, ...state } = stateOf((await readBytes(statePath)).toString('utf8'), statePath)
  if (sha256(bytes) !== arraysSha256)
    throw new GankitError(
      'trainer',
      'data',
      `${arraysPath} has SHA-256 ${sha256(bytes)}, state.json expected ${arraysSha256}: the checkpoint is damaged`,
    )
  return { state, arrays }
}

function stateOf(text: string, path: string): StateFile {
  const damaged = (what: string) =>
    new GankitError('trainer', 'data', `${path} ${what}: the checkpoint is damaged`)
  let state: StateFile
  try {
    state = JSON.parse(text)
  } catch {
    throw damaged('is not JSON')
  }
  if (state?.version !== 1)
    throw new GankitError('trainer', 'data', `${path} has version ${state?.version}, expected 1`)
  const counts = {
    step: state.step,
    images: state.images,
    'position.epoch': state.position?.epoch,
    'position.batch': state.position?.batch,
    'updates.generator': state.updates?.generator,
    'updates.discriminator': state.updates?.discriminator,
  }
  for (const [name, count] of Object.entries(counts))
    if (!Number.isSafeInteger(count) || count < 0)
      throw damaged(`has ${name} ${JSON.stringify(count)}, expected a whole number from 0`)
  return state
}
