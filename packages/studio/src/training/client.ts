import { signal } from '@preact/signals'
import type { RunActions } from '../run/controls.tsx'
import { RunState } from '../run/run-state.ts'
import type { Answer, Command, Phase, RunPlan, StoredRun, Wishes } from './protocol.ts'
import { readRecords, readSamples, realStep } from './store.ts'

type Description = Extract<Answer, { readonly type: 'described' }>

/** The worker that trains, and what the page knows of its run. */
export class TrainingClient {
  readonly description = signal<Description | undefined>(undefined)
  /** The run that is shown; undefined while a new one is chosen. */
  readonly run = signal<RunState | undefined>(undefined)
  readonly stored = signal<StoredRun | undefined>(undefined)
  readonly phase = signal<
    { readonly phase: Phase; readonly done?: number; readonly total?: number } | undefined
  >(undefined)
  readonly backend = signal<string | undefined>(undefined)
  readonly unkept = signal<string | undefined>(undefined)
  readonly notes = signal<readonly string[]>([])
  readonly failure = signal<string | undefined>(undefined)
  readonly weights = signal<string | undefined>(undefined)
  /** Files of the model, once somebody wants them. */
  readonly saved = signal<Extract<Answer, { readonly type: 'saved' }> | undefined>(undefined)
  private worker: Worker | undefined
  private wishes: Wishes = { paused: false, learningRateScale: 1, checkpoints: 0, stop: false }
  private releaseLock: (() => void) | undefined

  describe(app: string): void {
    this.send({ type: 'describe', app })
  }

  begin(plan: RunPlan): void {
    this.clear()
    this.run.value = new RunState()
    this.phase.value = { phase: 'loading' }
    this.send({ type: 'train', plan })
  }

  /** Shows a run that this browser keeps. */
  async open(stored: StoredRun): Promise<RunState> {
    this.clear()
    const run = new RunState()
    this.run.value = run
    this.stored.value = stored
    run.config.value = stored.config
    for (const { step, png } of await readSamples(stored.id)) {
      const url = URL.createObjectURL(png)
      if (step === realStep) run.real.value = url
      else run.addPicture({ step, url })
    }
    run.add(await readRecords(stored.id))
    run.status.value = 'ended'
    return run
  }

  /** Goes on with a run from its last checkpoint. @returns false where another tab trains it */
  async resume(stored: StoredRun): Promise<boolean> {
    const run = await this.open(stored)
    if (!(await this.lock(stored.id))) return false
    run.status.value = 'waiting'
    this.phase.value = { phase: 'loading' }
    this.send({ type: 'resume', id: stored.id })
    return true
  }

  readonly actions: RunActions = {
    pause: paused => {
      this.steer({ paused })
      if (this.run.value) this.run.value.status.value = paused ? 'paused' : 'training'
    },
    scaleLearningRates: learningRateScale => {
      this.steer({ learningRateScale })
      if (this.run.value) this.run.value.learningRateScale.value = learningRateScale
    },
    checkpoint: () => this.steer({ checkpoints: this.wishes.checkpoints + 1 }),
    stop: () => this.steer({ stop: true }),
  }

  save(): void {
    this.send({ type: 'save' })
  }

  /** Ends what goes on, without a checkpoint more. */
  close(): void {
    this.worker?.terminate()
    this.worker = undefined
    this.releaseLock?.()
  }

  private steer(change: Partial<Wishes>): void {
    this.wishes = { ...this.wishes, ...change }
    this.send({ type: 'steer', wishes: this.wishes })
  }

  /** Frees what belonged to another run. A worker has one run in its life. */
  private clear(): void {
    this.close()
    for (const { url } of this.run.value?.pictures.value ?? []) URL.revokeObjectURL(url)
    for (const each of [
      this.stored,
      this.phase,
      this.backend,
      this.unkept,
      this.failure,
      this.weights,
      this.saved,
    ])
      each.value = undefined
    this.notes.value = []
    this.wishes = { paused: false, learningRateScale: 1, checkpoints: 0, stop: false }
  }

  /** Holds a run as long as this tab trains it: two tabs would write over one another. */
  private lock(id: string): Promise<boolean> {
    const { locks } = navigator
    // A page that came over plain HTTP from another machine has no locks.
    if (!locks) return Promise.resolve(true)
    return new Promise(resolve => {
      void locks.request(`gankit-run-${id}`, { ifAvailable: true }, lock => {
        resolve(lock !== null)
        return (
          lock &&
          new Promise<void>(release => {
            this.releaseLock = release
          })
        )
      })
    })
  }

  private send(command: Command): void {
    this.worker ??= this.start()
    this.worker.postMessage(command)
  }

  private start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => this.take(data))
    worker.addEventListener('error', ({ message }) => this.fail(message))
    return worker
  }

  private fail(message: string): void {
    this.failure.value = message
    this.phase.value = undefined
    const run = this.run.value
    if (!run) return
    // What never began has nothing to show: the form is there again, as it was.
    if (run.records.value.length === 0) this.run.value = undefined
    else run.status.value = 'ended'
  }

  private take(answer: Answer): void {
    const run = this.run.value
    switch (answer.type) {
      case 'described':
        this.description.value = answer
        break
      case 'failed':
        this.fail(answer.message)
        break
      case 'phase':
        this.phase.value = answer
        if (run && answer.phase === 'training') run.status.value = 'training'
        if (run && answer.phase === 'ended') run.status.value = 'ended'
        break
      case 'note':
        this.notes.value = [...this.notes.value, answer.line]
        break
      case 'weights':
        this.weights.value = answer.sha256
        break
      case 'saved':
        this.saved.value = answer
        break
      default:
        if (run) this.show(run, answer)
    }
  }

  private show(
    run: RunState,
    answer: Extract<Answer, { type: 'began' | 'records' | 'pace' | 'samples' | 'real' }>,
  ): void {
    if (answer.type === 'began') {
      this.backend.value = answer.backend
      this.unkept.value = answer.kept
      this.stored.value = answer.run
      run.config.value = answer.run.config
      if (!this.releaseLock) void this.lock(answer.run.id)
    } else if (answer.type === 'records') run.add(answer.records)
    else if (answer.type === 'pace') run.pace.value = answer
    else if (answer.type === 'real') run.real.value = URL.createObjectURL(answer.png)
    else run.addPicture({ step: answer.step, url: URL.createObjectURL(answer.png) })
  }
}
