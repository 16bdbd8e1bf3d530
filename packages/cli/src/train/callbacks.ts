import { type Dataset, sizeOfShape } from '@gankit/core'
import { completeSettings, eventLines, type GivenSamples, readGiven, readSamples } from '@gankit/experiment'
import { openSteering, type RunDirectory, runFiles } from '@gankit/experiment/node'
import {
  type Callback,
  checkpoints,
  doctor,
  progress,
  samples,
  steering,
  type TensorBoardImage,
  tensorboard,
  timeLimit,
} from '@gankit/trainer'
import { eventFileWriter, fileStore } from '@gankit/trainer/node'
import type { Besides } from '@gankit/visualization'
import { drawBeside } from '../terminal/beside.ts'
import { type LiveArea, openLiveArea } from '../terminal/live-area.ts'
import {
  detectProtocol,
  drawSamplesPicture,
  encodeSamplesPicture,
  hasPicture,
  isPoint,
  minPreviewRows,
  previewPicture,
  previewRows,
  type SamplesPicture,
} from '../terminal/pictures.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { TrainFlags } from './flags.ts'
import { saveGenerators } from './generators.ts'
import { writeNotes } from './notes.ts'
import type { PreparedRun } from './prepare.ts'
import type { ShownSamples } from './shown-samples.ts'

/** Samples in a run's pictures, and in those that show inputs and targets beside them. */
const [pictureCount, besideCount] = [64, 24]

/** Real samples that the doctor compares fakes with, at most. */
const maxRealSamples = 512

/** The callbacks of a run of the command. */
export interface RunCallbacks {
  readonly callbacks: readonly Callback[]
  /** The samples that were drawn last; none of a run without pictures. */
  lastSamples(): SamplesPicture | undefined
  close(): Promise<void>
}

/** Everything that a run of the command writes and shows, as callbacks. */
export async function createCallbacks(
  prepared: PreparedRun,
  flags: TrainFlags,
  { out, progress: stream }: Terminal,
): Promise<RunCallbacks> {
  const { config, directory, shown } = prepared
  const settings = completeSettings(config.training)
  const { sampleEvery, checkpointEvery, keep, evaluateEvery, timeLimit: minutes } = settings
  const area = openLiveArea(stream)
  const real = shown.like?.dataset
  // What draws figures takes a while to load, and most runs are on pictures.
  const figure = isPoint(shown.generator.sampleShape)
    ? await (await import('./figure.ts')).openFigure(prepared)
    : undefined
  if (real && !figure) await saveRealSamples(real, directory)
  const drawn = await readGiven(shown, shown.from ? besideCount : pictureCount)
  const besides = await readBesides(shown, drawn)
  let last: SamplesPicture | undefined
  /** The last picture: samples that can't be drawn give a text. */
  let png: Uint8Array | undefined
  const events = settings.tensorboard
    ? await eventFileWriter(runFiles(directory.path).tensorboard)
    : undefined
  // Metrics take a while to load, and most runs don't need them.
  const evaluation =
    evaluateEvery === undefined
      ? undefined
      : await (await import('./evaluation.ts')).createEvaluation(prepared, evaluateEvery)
  const callbacks: Callback[] = [
    watchFolder(directory, [
      sampleEvery,
      checkpointEvery,
      ...(evaluateEvery === undefined ? [] : [evaluateEvery]),
    ]),
    ...(evaluation ? [evaluation.callback] : []),
    ...(shown.canDraw
      ? [
          samples({
            ...drawn,
            every: sampleEvery,
            seed: config.seed,
            generator: shown.name,
            async show(batch, step) {
              last =
                (besides && drawBeside(batch, besides)) ?? (await figure?.draw()) ?? drawSamplesPicture(batch)
              const file = encodeSamplesPicture(last)
              if (typeof file !== 'string') png = file
              showSamples(area, last, stream)
              await directory.saveSamples(step, file)
              if (last.kind === 'picture' && last.svg) await directory.saveFigure(step, last.svg)
            },
          }),
        ]
      : []),
    checkpoints({
      store: fileStore(directory.path),
      every: checkpointEvery,
      config,
      keep: { last: keep },
      ...(evaluation && { best: evaluation.best }),
    }),
    saveGenerators(directory.path),
    progress({ output: area }),
    writeNotes(line => area.print(line)),
    eventLines({ write: line => directory.appendEvent(line) }),
  ]
  if (settings.doctor)
    callbacks.unshift(
      doctor(real ? { real: () => readSamples(real, Math.min(maxRealSamples, real.size)) } : {}),
    )
  if (minutes !== undefined) callbacks.push(timeLimit(60 * minutes))
  if (events) {
    const draw = async () => describePng(png!)
    callbacks.push(
      tensorboard({
        write: bytes => events.write(bytes),
        ...(shown.canDraw &&
          hasPicture(shown.generator.sampleShape) && { images: { every: sampleEvery, draw } }),
      }),
    )
  }
  // The last, so that nothing that fails leaves it open.
  const wheel = await openSteering(directory.path, prepared.trainer.learningRateScales.steering)
  callbacks.push(steering(wheel))
  return {
    callbacks,
    lastSamples: () => last,
    async close() {
      figure?.dispose()
      // The result has the last samples too, where it goes to a terminal.
      area.end(flags.json === true || !out.isTTY)
      await wheel.close()
      await events?.close()
    },
  }
}

/** Ends the run once its folder is gone, before anything is written that would begin another one in its place. */
function watchFolder({ checkThere }: RunDirectory, intervals: readonly number[]): Callback {
  return async ({ type, step }) => {
    const isWritten = type === 'step' ? intervals.some(every => step % every === 0) : type === 'end'
    if (isWritten) await checkThere()
  }
}

/** Shows samples above the line of progress, where there is room for them. */
function showSamples(area: LiveArea, samples: SamplesPicture, stream: NodeJS.WriteStream): void {
  const rows = Math.min(previewRows, (stream.rows || 24) - 3)
  // Pixels stay on the screen when lines are drawn anew: while a run goes on it is shown as characters.
  if (
    samples.kind !== 'picture' ||
    detectProtocol(stream) === 'none' ||
    !area.hasRoomFor(Math.max(minPreviewRows, rows))
  )
    return
  area.showPicture(previewPicture(samples.preview, stream, rows))
}

/** Writes real samples as the run's pictures show fakes, where they have a picture. */
async function saveRealSamples(dataset: Dataset, directory: PreparedRun['directory']): Promise<void> {
  const { sampleShape } = dataset
  if (!hasPicture(sampleShape)) return
  const samples = await readSamples(dataset, Math.min(pictureCount, dataset.size))
  const drawn = drawSamplesPicture({ samples, sampleShape, count: samples.length / sizeOfShape(sampleShape) })
  const file = encodeSamplesPicture(drawn)
  if (typeof file !== 'string') await directory.saveRealSamples(file)
}

/** The inputs of the samples that are shown, and their targets where the data come in pairs. */
async function readBesides(
  { from, like, isPaired }: ShownSamples,
  { count, given }: GivenSamples,
): Promise<Besides | undefined> {
  const samples = given?.condition
  if (!from || !samples) return undefined
  const inputs = { samples, sampleShape: from.dataset.sampleShape, count }
  if (!isPaired || !like) return { inputs }
  const targets = {
    samples: await readSamples(like.dataset, count),
    sampleShape: like.dataset.sampleShape,
    count,
  }
  return { inputs, targets }
}

function describePng(png: Uint8Array): TensorBoardImage {
  const header = new DataView(png.buffer, png.byteOffset)
  return { png, width: header.getUint32(16), height: header.getUint32(20) }
}
