import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A file or folder of a step. */
export interface StepFile {
  readonly step: number
  readonly path: string
}

/** The folder that `gankit train` puts runs into: runs/<app>/<run>. */
export const runsFolder = 'runs'

/** The paths in a run's folder; nothing else knows them. */
export interface RunFiles {
  readonly config: string
  readonly events: string
  readonly report: string
  readonly lock: string
  /** The folder of event files for TensorBoard. */
  readonly tensorboard: string
  /** The folder of samples. */
  readonly samples: string
  /** Real samples, to look at beside those of the generator. */
  readonly realSamples: string
  /** The samples of a step: `samples/000500.png`. */
  sample(step: number, ending: 'png' | 'txt'): string
  /** The folder with the model.json of the generator after the last checkpoint; of a game with several, of the named one. */
  model(generator?: string): string
  /** The same of the best generator. */
  best(generator?: string): string
}

/** The paths in a run's folder. */
export function runFiles(run: string): RunFiles {
  return {
    config: join(run, 'config.json'),
    events: join(run, 'events.jsonl'),
    report: join(run, 'report.html'),
    lock: join(run, 'run.lock'),
    tensorboard: join(run, 'tensorboard'),
    samples: join(run, 'samples'),
    realSamples: join(run, 'samples', 'real.png'),
    sample: (step, ending) => join(run, 'samples', `${nameStep(step)}.${ending}`),
    model: (generator = '') => join(run, 'model', generator),
    best: (generator = '') => join(run, 'best', generator),
  }
}

/** What files of a step are called: '000500', so that they sort as their steps do. */
function nameStep(step: number): string {
  return String(step).padStart(6, '0')
}

/** The pictures of samples in a run, in the order of their steps. */
export function listSamples(run: string): Promise<StepFile[]> {
  return listStepFiles(runFiles(run).samples, /^(\d+)\.png$/)
}

/** The checkpoints in a run, in the order of their steps; a file store of checkpoints writes them. */
export function listCheckpoints(run: string): Promise<StepFile[]> {
  return listStepFiles(join(run, 'checkpoints'), /^(\d+)$/)
}

/** Whether a run has saved its generator. */
export function hasModel(run: string): Promise<boolean> {
  return access(join(runFiles(run).model(), 'model.json')).then(
    () => true,
    () => false,
  )
}

async function listStepFiles(folder: string, pattern: RegExp): Promise<StepFile[]> {
  // A run that was killed early lacks some folders.
  const names = await readdir(folder).catch(() => [])
  return names
    .flatMap(name => {
      const step = pattern.exec(name)?.[1]
      return step === undefined ? [] : [{ step: Number(step), path: join(folder, name) }]
    })
    .sort((a, b) => a.step - b.step)
}
