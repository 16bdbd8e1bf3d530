import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A file or folder of a step. */
export interface StepFile {
  readonly step: number
  readonly path: string
}

/** The sample grids of a run, in the order of their steps. */
export function samplesOf(run: string): Promise<StepFile[]> {
  return stepFiles(join(run, 'samples'), /^(\d+)\.png$/)
}

/** The checkpoints of a run, in the order of their steps. */
export function checkpointsOf(run: string): Promise<StepFile[]> {
  return stepFiles(join(run, 'checkpoints'), /^(\d+)$/)
}

/** Whether a run has saved its generator. */
export function hasModel(run: string): Promise<boolean> {
  return access(join(run, 'model', 'model.json')).then(
    () => true,
    () => false,
  )
}

async function stepFiles(folder: string, pattern: RegExp): Promise<StepFile[]> {
  // A run that was killed early lacks some folders.
  const names = await readdir(folder).catch(() => [])
  return names
    .flatMap(name => {
      const step = pattern.exec(name)?.[1]
      return step === undefined ? [] : [{ step: Number(step), path: join(folder, name) }]
    })
    .sort((a, b) => a.step - b.step)
}
