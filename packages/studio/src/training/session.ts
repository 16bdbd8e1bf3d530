import type { DataOptions } from '@gankit/datasets/options'
import {
  type App,
  buildTrainer,
  closeStreams,
  completeSettings,
  findShownSamples,
  fitToDataset,
  mapStreams,
  type OpenStream,
  openStreams,
  type PlannedConfig,
  planConfig,
  type RunConfig,
  type RunSamples,
  readGiven,
  readSamples,
  recordEvent,
  startBatches,
} from '@gankit/experiment'
import { encodeGenerator } from '@gankit/inference'
import { selectBackend } from '@gankit/runtime/browser'
import {
  type Callback,
  type CheckpointStore,
  checkpoints,
  doctor,
  hashWeights,
  indexedDbStore,
  loadCheckpoint,
  memoryStore,
  restoreSnapshot,
  samples,
  steering,
  type Trainer,
  withAverages,
} from '@gankit/trainer'
import * as tf from '@tensorflow/tfjs'
import manifest from '../../package.json' with { type: 'json' }
import { loadApp } from '../apps/load.ts'
import { wasmPaths } from '../state/wasm-paths.ts'
import { PictureMaker } from './draw-pictures.ts'
import { createTabEvaluation } from './evaluation.ts'
import { DataOpener, planData } from './open-data.ts'
import type { Answer, RunPlan, StoredRun, Wishes } from './protocol.ts'
import {
  addRecords,
  checkpointsOf,
  readData,
  readRun,
  realStep,
  writeData,
  writeRun,
  writeSamples,
} from './store.ts'

type Post = (answer: Answer) => void

/** Samples in a picture, and in one that has inputs beside them. */
const [pictureCount, besideCount] = [64, 24]
/** Real samples that the doctor compares fakes with, at most. */
const maxRealSamples = 512
/** Steps between two records once as many were taken; milliseconds between two answers about the pace. */
const [recordEvery, paceEvery] = [50, 250]

/** One run in this tab, new or resumed. */
export class Session {
  private wishes: Wishes = { paused: false, learningRateScale: 1, checkpoints: 0, stop: false }
  private wake: (() => void) | undefined
  private trainer: Trainer | undefined
  private shown: RunSamples | undefined
  /** Why nothing is kept in this browser; undefined where it is. */
  private unkept: string | undefined
  private readonly post: Post

  constructor(post: Post) {
    this.post = post
  }

  steer(wishes: Wishes): void {
    this.wishes = wishes
    this.wake?.()
  }

  /** Begins a run, and trains it to its end. */
  async train(plan: RunPlan): Promise<void> {
    this.post({ type: 'phase', phase: 'loading' })
    const app = await loadApp(plan.app)
    const { preset, seed, flags, conditional } = plan
    const planned = planConfig(
      app,
      { preset, seed, flags, ...(conditional && { conditional: true }) },
      planData(app, plan.data),
      // There is no Node here.
      { gankit: manifest.version, tfjs: tf.version['tfjs-core'], node: 'none' },
    )
    const id = `${plan.app}-${Date.now().toString(36)}`
    await this.run(app, planned, id, plan.backend, new DataOpener(plan.data, undefined, this.dataReport))
  }

  /** Goes on with a run that this browser keeps. @throws Error where it doesn't */
  async resume(id: string): Promise<void> {
    this.post({ type: 'phase', phase: 'loading' })
    const stored = await readRun(id)
    if (!stored) throw new Error(`this browser keeps no run ${id}: start a new one`)
    const { config } = stored
    const app = await loadApp(config.app)
    const data = new DataOpener({}, await readData(id), this.dataReport)
    await this.run(app, config, id, config.backend.name, data, stored)
  }

  private readonly dataReport = {
    progress: (done: number, total: number) => this.post({ type: 'phase', phase: 'data', done, total }),
    note: (line: string) => this.post({ type: 'note', line: line.trim() }),
  }

  private async run(
    app: App,
    planned: PlannedConfig | RunConfig,
    id: string,
    wanted: string,
    data: DataOpener,
    stored?: StoredRun,
  ): Promise<void> {
    const { backend, threads } = await selectBackend({ backend: wanted, wasmPaths })
    this.post({ type: 'phase', phase: 'data' })
    const streams = await openStreams(app, planned, {
      open: (spec: string, options: DataOptions, name) => data.open(spec, options, name),
      report: this.dataReport.note,
    })
    const smallest = Math.min(...streams.map(({ dataset }) => dataset.size))
    // TypeScript can't see that the plan and the open data have the same streams.
    const config = {
      ...planned,
      ...mapStreams(planned, (_, stream) => streams.find(({ name }) => name === stream)!.config),
      training: fitToDataset(planned.training, smallest, this.dataReport.note),
      backend: { name: backend, threads, precision: 'float32' },
    } as RunConfig
    const trainer = await buildTrainer(
      app,
      config,
      mapStreams(config, ({ dataset }) => dataset),
    )
    this.trainer = trainer
    const shown = findShownSamples(app, trainer.game, streams)
    this.shown = shown
    const run = stored ?? { id, config, began: Date.now() }
    if (!stored) await this.keep(run, data)
    const store = this.unkept === undefined ? indexedDbStore(checkpointsOf(id)) : memoryStore()
    const checkpoint = stored && (await this.openCheckpoint(store))
    const batches = startBatches(app, streams, trainer.game.streams, config, checkpoint?.state.positions)
    if (checkpoint) await restoreSnapshot(trainer, checkpoint)
    this.post({ type: 'began', run, backend, kept: this.unkept })
    this.post({ type: 'phase', phase: 'training' })
    try {
      const callbacks = await this.createCallbacks(config, run, shown, store)
      const { steps, guard } = config.training
      await trainer.fit(batches, { steps, callbacks, ...(guard && { guard }) })
      this.post({ type: 'weights', sha256: await hashWeights(trainer.game.networks) })
      this.post({ type: 'phase', phase: 'ended' })
    } finally {
      for (const each of Object.values(batches)) await each.return?.()
      await closeStreams(streams as OpenStream[])
    }
  }

  /** Keeps the run in this browser; a run that can't be kept trains all the same, and the page says so. */
  private async keep(run: StoredRun, { kept }: DataOpener): Promise<void> {
    try {
      await writeRun(run)
      if (Object.keys(kept).length > 0) await writeData(run.id, kept)
    } catch (error) {
      this.unkept = (error as Error).message
    }
  }

  /** The last checkpoint; a run that was closed before its first one begins again. */
  private async openCheckpoint(store: CheckpointStore) {
    if ((await store.list()).length === 0) return undefined
    const { snapshot } = await loadCheckpoint(store, {
      onDamaged: error => this.dataReport.note(error.message),
    })
    return snapshot
  }

  private async createCallbacks(
    config: RunConfig,
    { id }: StoredRun,
    shown: RunSamples,
    store: CheckpointStore,
  ): Promise<Callback[]> {
    const settings = completeSettings(config.training)
    const { sampleEvery, checkpointEvery, keep, evaluateEvery } = settings
    const pictures = new PictureMaker()
    const given = await readGiven(shown, shown.from ? besideCount : pictureCount)
    await pictures.prepare(shown, given)
    const real = shown.like?.dataset
    if (real) {
      const count = Math.min(pictureCount, real.size)
      const drawn = { samples: await readSamples(real, count), sampleShape: real.sampleShape, count }
      const png = new PictureMaker().draw(drawn)
      if (png) await this.keepSamples(id, realStep, png)
    }
    const evaluation =
      evaluateEvery === undefined ? undefined : await createTabEvaluation(config, shown, evaluateEvery)
    return [
      ...(settings.doctor
        ? [doctor(real ? { real: () => readSamples(real, Math.min(maxRealSamples, real.size)) } : {})]
        : []),
      steering({
        wanted: () => this.wishes,
        changed: () =>
          new Promise<void>(resolve => {
            this.wake = resolve
          }),
      }),
      ...(evaluation ? [evaluation.callback] : []),
      ...(shown.canDraw
        ? [
            samples({
              ...given,
              every: sampleEvery,
              seed: config.seed,
              generator: shown.name,
              show: async (drawn, step) => {
                const png = pictures.draw(drawn)
                if (png) await this.keepSamples(id, step, png)
              },
            }),
          ]
        : []),
      checkpoints({
        store,
        every: checkpointEvery,
        config,
        keep: { last: keep },
        ...(evaluation && { best: evaluation.best }),
      }),
      this.report(id),
    ]
  }

  /** Pictures go to the page and into the browser's storage; one that is full is said once, and the run goes on. */
  private async keepSamples(id: string, step: number, png: Blob): Promise<void> {
    this.post(step === realStep ? { type: 'real', png } : { type: 'samples', step, png })
    if (this.unkept === undefined) await this.tryToKeep(() => writeSamples(id, step, png))
  }

  private async tryToKeep(write: () => Promise<unknown>): Promise<void> {
    try {
      await write()
    } catch (error) {
      this.unkept = (error as Error).message
      this.post({ type: 'note', line: `not kept in this browser from now on: ${this.unkept}` })
    }
  }

  /** Tells the page what happens, and keeps it: at most once for each step of the first, then every so many. */
  private report(id: string): Callback {
    let reported = 0
    return async event => {
      if (event.type === 'step') {
        const now = performance.now()
        if (now - reported > paceEvery) {
          reported = now
          const imagesPerSecond = event.samplesSeen > 0 ? this.countRate(event.samplesSeen, now) : 0
          this.post({ type: 'pace', step: event.step, imagesPerSecond })
        }
        if (event.step > recordEvery && event.step % recordEvery > 0) return
      }
      const records = [await recordEvent(event)]
      this.post({ type: 'records', records })
      if (this.unkept === undefined) await this.tryToKeep(() => addRecords(id, records))
    }
  }

  private rate: { samples: number; time: number; value: number } | undefined

  /** Samples a second since the last few seconds. */
  private countRate(samplesSeen: number, now: number): number {
    const before = this.rate
    if (before && now - before.time < 2000) return before.value
    const value = before ? (1000 * (samplesSeen - before.samples)) / (now - before.time) : 0
    this.rate = { samples: samplesSeen, time: now, value }
    return value
  }

  /** The run's generator, with its moving average where it has one, as the files of a layers model. */
  async save(): Promise<void> {
    const { trainer, shown } = this
    if (!trainer || !shown) throw new Error('no run has begun: there is nothing to save')
    const { model, weights } = await withAverages(trainer, () => encodeGenerator(shown.generator))
    this.post({ type: 'saved', model: JSON.stringify(model), weights })
  }
}
