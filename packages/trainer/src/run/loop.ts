import { readsAreAsync, yieldToHost } from '@gankit/core'
import type { Game, ReduceGradients } from '../game/game.ts'
import { type DataStreams, takeStep } from '../game/step.ts'
import type { Training } from '../training.ts'
import type { Callback, EndEvent, RunContext, StartEvent, StepEvent, TrainerEvent } from './events.ts'
import { type Guard, type GuardOptions, type NonFinite, resolveGuard } from './guard.ts'
import { createLimit, type Limit, type Limits } from './limit.ts'
import { type Pause, waitOrAbort } from './pause.ts'
import { ScalarReading } from './reading.ts'
import { Rollbacks } from './rollbacks.ts'

export interface RunOptions extends Limits {
  /** Ends the run after the step under way. */
  readonly signal?: AbortSignal
  /** Called with every event in turn, before it is yielded. */
  readonly callbacks?: readonly Callback[]
  /** What is done about a loss or gradient that is not finite. False: nothing. Default: the options' defaults. */
  readonly guard?: GuardOptions | false
}

/** Loop parameters that callbacks don't see. */
export interface LoopState {
  readonly seed: number
  readonly reduceGradients: ReduceGradients | undefined
  readonly pause: Pause
}

/** Milliseconds of training between two pauses in which the host may do other things. */
const yieldEveryMs = 50

/** The loop itself: step after step until a limit; each event goes to the callbacks and then to the iterating code. */
export async function* runLoop(
  trainer: Training,
  state: LoopState,
  data: DataStreams,
  options: RunOptions,
): AsyncGenerator<TrainerEvent, void, undefined> {
  const run = new Run(trainer, state, data, options)
  try {
    yield* run.emit(run.startEvent())
    if (run.guard) await run.rollbacks.snapshot()
    while (!run.ended) {
      await run.stand(state.pause.wait(options.signal))
      yield* run.standWhileHeld()
      if (run.ended) break
      if (options.signal?.aborted || run.limit.reached()) {
        const nonFinite = await run.rollbacks.pendingCheck
        if (!nonFinite) break
        yield* run.rollBack(nonFinite)
        continue
      }
      const nonFinite = await run.takeStep()
      if (nonFinite) {
        yield* run.rollBack(nonFinite)
        continue
      }
      const event = run.stepEvent()
      yield* run.emit(event)
      if (!run.ended && (await options.until?.(event))) run.ended = { reason: 'done' }
      await run.yieldIfDue()
    }
    // A callback or `until` may have ended the run before its last step was checked.
    const nonFinite = await run.rollbacks.pendingCheck
    if (nonFinite) yield* run.rollBack(nonFinite)
    yield* run.emit(await run.endEvent())
  } finally {
    await run.rollbacks.pendingCheck?.catch(() => undefined)
    run.dispose()
  }
}

/** One run under way. */
class Run {
  readonly rollbacks: Rollbacks
  readonly guard: Guard | undefined
  readonly limit: Limit
  /** Why the run ends, once that is decided. */
  ended: Pick<EndEvent, 'reason' | 'why'> | undefined
  private readonly queue: TrainerEvent[] = []
  private readonly context: RunContext
  private readonly scalarNames: readonly string[]
  /** Where reads wait for a GPU, the guard looks one step later; a step that it finds not finite is rolled back all the same. */
  private readonly readsLate = readsAreAsync()
  private readonly began = performance.now()
  private readonly samplesBefore: number
  private lastYield = performance.now()
  /** Milliseconds in which the run stood. */
  private stood = 0
  private held: Promise<unknown> | undefined
  private reading: ScalarReading | undefined
  private readonly trainer: Training
  private readonly state: LoopState
  private readonly data: DataStreams
  private readonly options: RunOptions

  constructor(trainer: Training, state: LoopState, data: DataStreams, options: RunOptions) {
    this.trainer = trainer
    this.state = state
    this.data = data
    this.options = options
    this.limit = createLimit(options, trainer, data[trainer.game.streams[0]!]!)
    this.guard = options.guard === false ? undefined : resolveGuard(options.guard ?? {})
    this.rollbacks = new Rollbacks(trainer, data, this.guard)
    this.scalarNames = trainer.game.scalars.map(({ name }) => name)
    this.samplesBefore = trainer.samplesSeen
    this.context = {
      trainer,
      data,
      stop: why => {
        this.ended ??= { reason: 'stopped', why }
      },
      emit: event => void this.queue.push(event),
      hold: until => {
        this.held = until
      },
      snapshot: () => this.rollbacks.snapshot(),
    }
  }

  /** Hands an event, and those that callbacks emit, to all callbacks and then on. */
  emit(event: TrainerEvent): AsyncGenerator<TrainerEvent, void, undefined> {
    this.queue.push(event)
    return this.handOn()
  }

  private async *handOn(): AsyncGenerator<TrainerEvent, void, undefined> {
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      for (const callback of this.options.callbacks ?? []) await callback(next, this.context)
      yield next
    }
  }

  /** Waits as long as callbacks hold the run, and hands on what they emit. */
  async *standWhileHeld(): AsyncGenerator<TrainerEvent, void, undefined> {
    const { signal } = this.options
    // A callback that waits may have emitted something while the host did other things.
    yield* this.handOn()
    while (this.held && !this.ended && !signal?.aborted) {
      const { held } = this
      this.held = undefined
      await this.stand(waitOrAbort(held, signal))
      yield* this.handOn()
    }
  }

  /** Waits for something; that time is none of training. */
  async stand(until: Promise<unknown>): Promise<void> {
    const from = performance.now()
    await until
    this.stood += performance.now() - from
  }

  /** Takes a step, or finds that it or the one before is not finite. */
  async takeStep(): Promise<NonFinite | undefined> {
    const { trainer, rollbacks } = this
    const game: Game = trainer.game
    const taken = await takeStep(game, this.data, {
      seed: this.state.seed,
      step: trainer.step,
      rollbacks: trainer.rollbacks,
      reduceGradients: this.state.reduceGradients,
      guarded: this.guard !== undefined && !this.readsLate,
    })
    trainer.samplesSeen += taken.samples
    // The step before may still be on its way here: its scalars have to stay until then.
    const nonFinite = taken.nonFinite ?? (await rollbacks.pendingCheck)
    this.reading?.dispose()
    this.reading = new ScalarReading(taken.scalars, this.scalarNames)
    if (nonFinite) return nonFinite
    if (this.guard && this.readsLate) rollbacks.watch(this.reading.findNonFinite(Object.keys(game.players)))
    trainer.step++
    for (const average of Object.values(trainer.averages)) average.update(trainer.step)
    await rollbacks.takeDueSnapshot()
    return undefined
  }

  rollBack(nonFinite: NonFinite): AsyncGenerator<TrainerEvent, void, undefined> {
    // These scalars belong to the step that is rolled back.
    this.reading?.dispose()
    this.reading = undefined
    const { event, tooOften } = this.rollbacks.rollBack(nonFinite)
    if (tooOften)
      this.ended = { reason: 'failed', why: describeFailure(event.step, nonFinite, this.guard!.tries) }
    return this.emit(event)
  }

  /** The step now, and the one at which the run will end, as far as that is known. */
  place(): { step: number; steps?: number } {
    const steps = this.limit.steps()
    return { step: this.trainer.step, ...(steps !== undefined && { steps }) }
  }

  startEvent(): StartEvent {
    const { game, learningRateScales } = this.trainer
    const { steering } = learningRateScales
    return {
      type: 'start',
      ...this.place(),
      scalars: game.scalars,
      ...(steering !== 1 && { learningRateScale: steering }),
    }
  }

  stepEvent(): StepEvent {
    const current = this.reading!
    return {
      type: 'step',
      ...this.progress(),
      ...(this.rollbacks.replaying && ({ replayed: true } as const)),
      read: () => current.values(),
    }
  }

  async endEvent(): Promise<EndEvent> {
    const values = this.ended?.reason === 'failed' ? undefined : await this.reading?.values()
    this.ended ??= { reason: this.limit.reached() ? 'done' : 'aborted' }
    return {
      type: 'end',
      ...this.ended,
      ...this.progress(),
      trained: this.trainer.samplesSeen - this.samplesBefore,
      ...(values && { values }),
    }
  }

  private progress() {
    const seconds = (performance.now() - this.began - this.stood) / 1000
    return { ...this.place(), samplesSeen: this.trainer.samplesSeen, seconds }
  }

  async yieldIfDue(): Promise<void> {
    if (performance.now() - this.lastYield <= yieldEveryMs) return
    await yieldToHost()
    this.lastYield = performance.now()
  }

  dispose(): void {
    this.reading?.dispose()
  }
}

function describeFailure(step: number, { player, cause }: NonFinite, tries: number): string {
  return `${player}'s ${cause} was not finite after step ${step}, ${tries + 1} times in a row: try a lower learning rate, clipNorm, or another objective`
}
