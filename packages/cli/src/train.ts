import type { BackendChoice } from '@gankit/runtime'
import { type Callback, type EndEvent, hashWeights, jsonLines, progress, takeSnapshot } from '@gankit/trainer'
import { saveGenerator, writeCheckpoint } from '@gankit/trainer/node'
import { encodePng, type Samples, tileGrid } from '@gankit/visualization'
import { drawSamples } from './draw.ts'
import type { Interrupt } from './interrupt.ts'
import type { Output } from './output.ts'
import { type Prepared, prepare } from './prepare.ts'
import type { RunConfig } from './run-config.ts'
import type { TrainFlags } from './settings.ts'

/** Samples in a run's grids. */
const gridCount = 64

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
 * Trains, and leaves a run directory with configuration, events, sample grids, a checkpoint and the generator.
 * @throws GankitError for bad input, or a file that can't be written
 */
export async function train(
  app: string | undefined,
  flags: TrainFlags,
  { progress: stream }: Output,
  interrupt: Interrupt,
): Promise<TrainOutcome> {
  const prepared = await prepare(app, flags, stream, interrupt.signal)
  const { config, trainer, batches, dataset, directory, choice } = prepared
  stream.write(`Run      ${directory.path}\n`)
  try {
    let sampled = { step: -1, samples: undefined as Samples | undefined }
    const sample: Callback = async event => {
      const { step } = event
      const due = event.type === 'step' ? step % config.training.sampleEvery === 0 : step !== sampled.step
      if (due) sampled = { step, samples: await saveGrid(prepared, step) }
    }
    const end = await trainer.fit(batches, {
      steps: config.training.steps,
      signal: interrupt.signal,
      callbacks: [
        progress({ output: stream }),
        jsonLines({ write: line => directory.appendEvent(line) }),
        sample,
      ],
    })
    await writeCheckpoint(directory.path, await takeSnapshot(trainer, batches))
    await withAverage(prepared, () => saveGenerator(`${directory.path}/model`, trainer.gan))
    return {
      config,
      choice,
      end,
      weightsSha256: await hashWeights(trainer.gan),
      samples: sampled.samples!,
      run: directory.path,
    }
  } finally {
    await batches.return?.()
    await dataset.close?.()
    trainer.dispose()
  }
}

/** Draws the run's fixed latents with the average of G, where there is one. */
async function saveGrid(prepared: Prepared, step: number): Promise<Samples> {
  const { trainer, directory, config } = prepared
  const { generator, latent } = trainer.gan
  const samples = await withAverage(prepared, () => drawSamples(generator, latent, gridCount, config.seed))
  await directory.saveSample(step, encodePng(tileGrid({ ...samples, scale: 2 })))
  return samples
}

function withAverage<Result>({ trainer }: Prepared, use: () => Promise<Result>): Promise<Result> {
  return trainer.average ? trainer.average.during(use) : use()
}
