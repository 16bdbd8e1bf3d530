import type { Dirent } from 'node:fs'
import { access, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { GankitError } from '@gankit/core'

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
  /** What whoever watches the run wants of the process that trains it. */
  readonly steering: string
  /** The folder of event files for TensorBoard. */
  readonly tensorboard: string
  /** The folder of samples. */
  readonly samples: string
  /** Real samples, to look at beside those of the generator. */
  readonly realSamples: string
  /** The samples of a step: `samples/000500.png`; of points, the same figure as `.svg` too. */
  sample(step: number, ending: 'png' | 'svg' | 'txt'): string
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
    steering: join(run, 'steering.json'),
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

/** The pictures of samples in a run, in the order of their steps; folders and links of such names are none. */
export function listSamples(run: string): Promise<StepFile[]> {
  return listStepFiles(runFiles(run).samples, /^(\d+)\.png$/, entry => entry.isFile())
}

/** The same with the texts of samples that are no pictures. */
export function listSampleFiles(run: string): Promise<StepFile[]> {
  return listStepFiles(runFiles(run).samples, /^(\d+)\.(?:png|txt)$/, entry => entry.isFile())
}

/** The checkpoints in a run, in the order of their steps; a file store of checkpoints writes them. */
export function listCheckpoints(run: string): Promise<StepFile[]> {
  return listStepFiles(join(run, 'checkpoints'), /^(\d+)$/, entry => entry.isDirectory())
}

/**
 * Checks that everything gankit reads and writes in a run's folder is in there: one that somebody sent may have links to
 * files elsewhere under the names of its own, and these would be overwritten.
 * @throws GankitError that names the link
 */
export async function checkNoLinks(run: string): Promise<void> {
  const { config, events, report, lock, steering, tensorboard, samples, model, best } = runFiles(run)
  for (const path of [
    config,
    events,
    report,
    lock,
    steering,
    tensorboard,
    samples,
    join(run, 'checkpoints'),
    model(),
    best(),
  ])
    if ((await lstat(path).catch(() => undefined))?.isSymbolicLink())
      throw new GankitError(
        'experiment',
        'file',
        `${path} is a link, expected a file or folder of the run itself: put it there, or start a new run`,
      )
}

/** Whether a run has saved its generator. */
export function hasModel(run: string): Promise<boolean> {
  return access(join(runFiles(run).model(), 'model.json')).then(
    () => true,
    () => false,
  )
}

async function listStepFiles(
  folder: string,
  pattern: RegExp,
  fits: (entry: Dirent) => boolean,
): Promise<StepFile[]> {
  // What is behind a link is not the run's.
  if (!(await lstat(folder).catch(() => undefined))?.isDirectory()) return []
  // A run that was killed early lacks some folders.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .flatMap(entry => {
      const step = Number(pattern.exec(entry.name)?.[1] ?? Number.NaN)
      return Number.isSafeInteger(step) && fits(entry) ? [{ step, path: join(folder, entry.name) }] : []
    })
    .sort((a, b) => a.step - b.step)
}
