import type { BackendChoice } from '@gankit/runtime'
import { type EndEvent, hashWeights } from '@gankit/trainer'
import type { Samples } from '@gankit/visualization'
import { watch } from './callbacks.ts'
import type { TrainFlags } from './flags.ts'
import type { Interrupt } from './interrupt.ts'
import type { Output } from './output.ts'
import { prepare } from './prepare.ts'
import type { RunConfig } from './run-config.ts'
import { writeReport } from './runs/write-report.ts'

export interface TrainOutcome {
  readonly config: RunConfig
  readonly choice: BackendChoice
  readonly end: EndEvent
  readonly weightsSha256: string
  /** The last grid's samples. */
  readonly samples: Samples
  /** Absolute path of the run directory. */
  readonly run: string
}

/**
 * Trains, and leaves a run directory with configuration, events, sample grids, checkpoints, the generator and a report.
 * @throws GankitError for bad input, or a file that can't be written
 */
export async function train(
  app: string | undefined,
  flags: TrainFlags,
  { progress: stream }: Output,
  interrupt: Interrupt,
): Promise<TrainOutcome> {
  const prepared = await prepare(app, flags, stream, interrupt.signal)
  const { config, trainer, batches, directory, choice } = prepared
  stream.write(`Run      ${directory.path}\n`)
  try {
    const { callbacks, lastSamples, close } = await watch(prepared, flags, stream)
    const { steps, guard } = config.training
    const end = await trainer
      .fit(batches, { steps, signal: interrupt.signal, callbacks, ...(guard && { guard }) })
      .finally(close)
    await writeReport(directory.path)
    return {
      config,
      choice,
      end,
      weightsSha256: await hashWeights(trainer.gan),
      samples: lastSamples(),
      run: directory.path,
    }
  } finally {
    await prepared.release()
  }
}
