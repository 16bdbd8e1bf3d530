import { type App, buildTrainer, mapStreams } from '@gankit/experiment'
import { readRun } from '@gankit/experiment/node'
import { selectBackend } from '@gankit/runtime/node'
import { hashWeights, restoreSnapshot } from '@gankit/trainer'
import { formatJson } from '../terminal/filter.ts'
import { formatCount, formatPlural } from '../terminal/format.ts'
import { formatCommand, type Terminal } from '../terminal/terminal.ts'
import type { TrainFlags } from './flags.ts'
import { openRunApp, type PreviousRun } from './previous-run.ts'
import type { TrainResult } from './report.ts'

/**
 * Whether a run that is to go on has nothing left to do: it has taken all steps that are asked for. One that was killed
 * after its last step still has its end to write.
 */
export async function isFinished(run: string, { checkpoint, config }: PreviousRun): Promise<boolean> {
  if (!checkpoint) return false
  const { step } = checkpoint.snapshot.state
  const { steps } = config.training
  if (step !== steps) return step > steps
  return (await readRun(run)).history.end?.reason === 'done'
}

/** Says that a run has nothing left to do, and what would give it more. Nothing is written. */
export async function reportFinished(
  app: string | undefined,
  run: string,
  previous: PreviousRun,
  flags: TrainFlags,
  { out }: Terminal,
): Promise<void> {
  const { checkpoint, config } = previous
  const { step, samplesSeen } = checkpoint!.snapshot.state
  if (flags.json) {
    out.write(formatJson(await createFinishedResult(await openRunApp(app, previous), run, previous)))
    return
  }
  const { steps } = config.training
  const requested = step > steps ? `, and is asked for ${formatCount(steps)}` : ''
  out.write(
    `${run} is done: it has taken ${formatPlural(step, 'step')}${requested} (${formatCount(samplesSeen)} samples). Nothing was changed.\n` +
      `further  ${formatCommand('train', '--resume', run, '--steps', String(2 * step))}\n` +
      `look     ${formatCommand('inspect', run)}\n`,
  )
}

/** What `--json` prints: the run as it is, and no time, for nothing was trained. */
async function createFinishedResult(
  app: App,
  run: string,
  { checkpoint, config }: PreviousRun,
): Promise<TrainResult> {
  // The weights are only read, so any backend will do, and this one starts at once.
  await selectBackend({ backend: 'cpu' })
  const trainer = await buildTrainer(
    app,
    config,
    mapStreams(config, ({ dataset }) => dataset),
  )
  await restoreSnapshot(trainer, checkpoint!.snapshot)
  const weightsSha256 = await hashWeights(trainer.game.networks)
  const { step, samplesSeen } = trainer
  trainer.dispose()
  const { path } = await readRun(run)
  return {
    app: config.app,
    preset: config.preset,
    steps: step,
    samplesSeen,
    seconds: 0,
    samplesPerSecond: 0,
    backend: config.backend.name,
    threads: config.backend.threads,
    precision: config.backend.precision,
    seed: config.seed,
    scalars: {},
    weightsSha256,
    run: path,
  }
}
