import { createObjective } from '@gankit/losses'
import {
  type Callback,
  checkpoints,
  doctor,
  jsonLines,
  progress,
  samples,
  tensorboard,
  timeLimit,
} from '@gankit/trainer'
import { eventFileWriter, fileStore, saveGenerator } from '@gankit/trainer/node'
import { encodePng, type Samples, tileGrid } from '@gankit/visualization'
import type { TrainFlags } from './flags.ts'
import type { Prepared } from './prepare.ts'
import { realSamples } from './real-samples.ts'

/** Samples in a run's grids. */
const gridCount = 64

/** What watches a run of the command. */
export interface Watch {
  readonly callbacks: readonly Callback[]
  /** The last grid's samples. */
  lastSamples(): Samples
  close(): Promise<void>
}

/** Everything that a run of the command writes and shows, as callbacks. */
export async function watch(
  prepared: Prepared,
  flags: TrainFlags,
  stream: NodeJS.WriteStream,
): Promise<Watch> {
  const { config, directory, dataset } = prepared
  const { sampleEvery, checkpointEvery = 500, keep = 2, objective } = config.training
  let last: { readonly samples: Samples; readonly png: Uint8Array } | undefined
  const events = flags.tensorboard ? await eventFileWriter(`${directory.path}/tensorboard`) : undefined
  // Loaded where it is asked for: metrics take their time.
  const quality =
    config.training.evaluateEvery === undefined
      ? undefined
      : await (await import('./quality.ts')).qualityOf(prepared, config.training.evaluateEvery)
  const callbacks: Callback[] = [
    ...(quality ? [quality.callback] : []),
    samples({
      every: sampleEvery,
      count: gridCount,
      seed: config.seed,
      async show(drawn, step) {
        last = { samples: drawn, png: encodePng(tileGrid({ ...drawn, scale: 2 })) }
        await directory.saveSample(step, last.png)
      },
    }),
    checkpoints({
      store: fileStore(directory.path),
      every: checkpointEvery,
      config,
      keep: { last: keep },
      ...(quality && { best: quality.best }),
    }),
    generatorBesideCheckpoints(directory.path),
    progress({ output: stream }),
    notes(stream),
    jsonLines({ write: line => directory.appendEvent(line) }),
  ]
  if (flags.doctor ?? true)
    callbacks.unshift(doctor({ objective: createObjective(objective), real: () => realSamples(dataset) }))
  if (flags.timeLimit !== undefined) callbacks.push(timeLimit(60 * flags.timeLimit))
  if (events)
    callbacks.push(
      tensorboard({
        write: bytes => events.write(bytes),
        images: { every: sampleEvery, draw: async () => pictureOf(last!.png) },
      }),
    )
  return {
    callbacks,
    lastSamples: () => last!.samples,
    close: async () => events?.close(),
  }
}

/** Saves the generator, its moving average where there is one, beside each checkpoint, so that it can be sampled. */
function generatorBesideCheckpoints(run: string): Callback {
  return async ({ type }, { trainer }) => {
    if (type !== 'checkpoint' && type !== 'end') return
    const save = () => saveGenerator(`${run}/model`, trainer.gan)
    await (trainer.average ? trainer.average.during(save) : save())
  }
}

/** Says in a line each what is worth a look. */
function notes(stream: NodeJS.WriteStream): Callback {
  const line = (text: string) => void stream.write(`${stream.isTTY ? '\r\x1b[2K' : ''}${text}\n`)
  return event => {
    if (event.type === 'finding')
      line(`Doctor   step ${event.step}, ${event.name}: ${event.evidence}; ${event.advice}`)
    if (event.type === 'warning') line(`Warning  step ${event.step}: ${event.message}`)
    if (event.type === 'rollback')
      line(
        `Guard    step ${event.step}: ${event.player}'s ${event.what} is not finite; back to step ${event.to}, try ${event.attempt} of ${event.tries}, learning rates × ${event.learningRateScale}`,
      )
  }
}

function pictureOf(png: Uint8Array): { png: Uint8Array; width: number; height: number } {
  const header = new DataView(png.buffer, png.byteOffset)
  return { png, width: header.getUint32(16), height: header.getUint32(20) }
}
