import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { GankitError } from '@gankit/core'
import { decodeSafetensors, encodeSafetensors } from '../safetensors.ts'
import type { Snapshot, SnapshotState } from '../snapshot.ts'
import { fileError, writeFolderAside } from './files.ts'

const nameOf = (step: number): string => String(step).padStart(6, '0')

/**
 * Writes `checkpoints/<step>/` with `arrays.safetensors` and `state.json`, then removes the older ones.
 * @throws GankitError when it can't be written; the checkpoints that were there are then still there
 */
export async function writeCheckpoint(run: string, { state, arrays }: Snapshot): Promise<void> {
  const folder = join(run, 'checkpoints')
  await writeFolderAside(join(folder, nameOf(state.step)), {
    'arrays.safetensors': encodeSafetensors(arrays),
    'state.json': `${JSON.stringify(state, null, 2)}\n`,
  })
  for (const name of await readdir(folder))
    if (name !== nameOf(state.step)) await rm(join(folder, name), { recursive: true, force: true })
}

/** Reads the newest checkpoint of a run. @throws GankitError when there is none or it is damaged */
export async function readCheckpoint(run: string): Promise<Snapshot> {
  const folder = join(run, 'checkpoints')
  let names: string[]
  try {
    names = (await readdir(folder)).filter(name => /^\d+$/.test(name)).sort((a, b) => Number(b) - Number(a))
  } catch (error) {
    throw fileError('read', folder, error)
  }
  if (!names[0])
    throw new GankitError('trainer', 'data', `${folder} holds no checkpoint: this run can't be continued`)
  const newest = join(folder, names[0])
  const read = async (name: string) => {
    try {
      return await readFile(join(newest, name))
    } catch (error) {
      throw fileError('read', join(newest, name), error)
    }
  }
  const arrays = decodeSafetensors(await read('arrays.safetensors'), join(newest, 'arrays.safetensors'))
  return { state: stateOf((await read('state.json')).toString('utf8'), join(newest, 'state.json')), arrays }
}

function stateOf(text: string, path: string): SnapshotState {
  let state: SnapshotState
  try {
    state = JSON.parse(text)
  } catch {
    throw new GankitError('trainer', 'data', `${path} is not JSON: the checkpoint is damaged`)
  }
  if (state?.version !== 1 || !Number.isSafeInteger(state.step))
    throw new GankitError('trainer', 'data', `${path} has version ${state?.version}, expected 1`)
  return state
}
