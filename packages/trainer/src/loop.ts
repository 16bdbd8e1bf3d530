import { type Batches, yieldToHost } from '@gankit/core'
import type { EndEvent, RunContext, StepEvent, TrainerEvent } from './events.ts'
import { Falls } from './falls.ts'
import { guardOf, readsAreSlow, type Trouble } from './guard.ts'
import { limitOf } from './limit.ts'
import type { Game, ReduceGradients } from './move.ts'
import type { RunOptions } from './options.ts'
import type { Pause } from './pause.ts'
import { ScalarReading } from './reading.ts'
import { takeStep } from './step.ts'
import type { Training } from './training.ts'

/** What a trainer keeps to itself. */
export interface Inside {
  readonly game: Game
  readonly seed: number
  readonly reduceGradients: ReduceGradients | undefined
  readonly pause: Pause
}

/** Milliseconds of training between two pauses in which the host may do other things. */
const breath = 50

/** The loop itself: step after step until a limit, each told to the callbacks and then to whoever iterates. */
export async function* runOf(
  trainer: Training,
  { game, seed, reduceGradients, pause }: Inside,
  batches: Batches,
  options: RunOptions,
): AsyncGenerator<TrainerEvent, void, undefined> {
  const { signal, callbacks = [], until } = options
  const limit = limitOf(options, trainer, batches)
  const guard = options.guard === false ? undefined : guardOf(options.guard ?? {})
  const falls = new Falls(trainer, batches, guard)
  const imagesBefore = trainer.images
  const began = performance.now()
  const now = () => {
    const steps = limit.steps()
    return { step: trainer.step, ...(steps !== undefined && { steps }) }
  }
  const sofar = () => ({ ...now(), images: trainer.images, seconds: (performance.now() - began) / 1000 })

  let ended: Pick<EndEvent, 'reason' | 'why'> | undefined
  const queue: TrainerEvent[] = []
  const context: RunContext = {
    trainer,
    batches,
    stop: why => {
      ended ??= { reason: 'stopped', why }
    },
    tell: event => void queue.push(event),
    snapshot: () => falls.snapshot(),
  }
  async function* tell(event: TrainerEvent): AsyncGenerator<TrainerEvent, void, undefined> {
    queue.push(event)
    for (let next = queue.shift(); next; next = queue.shift()) {
      for (const callback of callbacks) await callback(next, context)
      yield next
    }
  }

  let reading: ScalarReading | undefined
  function fall(trouble: Trouble): AsyncGenerator<TrainerEvent, void, undefined> {
    // They are those of a step that is undone.
    reading?.dispose()
    reading = undefined
    const { event, tooOften } = falls.fall(trouble)
    if (tooOften) ended = { reason: 'failed', why: failure(event.step, trouble, guard!.tries) }
    return tell(event)
  }

  let rested = performance.now()
  try {
    yield* tell({ type: 'start', ...now() })
    if (guard) await falls.snapshot()
    const late = readsAreSlow()
    while (!ended) {
      await pause.wait(signal)
      if (signal?.aborted || limit.reached()) {
        const trouble = await falls.doubt
        if (!trouble) break
        yield* fall(trouble)
        continue
      }
      const { step, rollbacks } = trainer
      const taken = await takeStep(game, batches, {
        seed,
        step,
        rollbacks,
        reduceGradients,
        guarded: guard !== undefined && !late,
      })
      trainer.images += taken.images
      // The step before may still be on its way here: its scalars have to stay until then.
      const trouble = taken.trouble ?? (await falls.doubt)
      reading?.dispose()
      reading = new ScalarReading(taken.scalars)
      if (trouble) {
        yield* fall(trouble)
        continue
      }
      if (guard && late) falls.begin(reading.trouble())
      trainer.step++
      trainer.average?.update(trainer.step)
      await falls.keep()
      const current = reading
      const event: StepEvent = {
        type: 'step',
        ...sofar(),
        ...(falls.retaking && ({ retaken: true } as const)),
        read: () => current.values(),
      }
      yield* tell(event)
      if (!ended && (await until?.(event))) ended = { reason: 'done' }
      if (performance.now() - rested > breath) {
        await yieldToHost()
        rested = performance.now()
      }
    }
    // A callback or `until` may have ended the run before its last step was looked at.
    const trouble = await falls.doubt
    if (trouble) yield* fall(trouble)
    const values = ended?.reason === 'failed' ? undefined : await reading?.values()
    ended ??= { reason: limit.reached() ? 'done' : 'aborted' }
    yield* tell({
      type: 'end',
      ...ended,
      ...sofar(),
      trained: trainer.images - imagesBefore,
      ...(values && { values }),
    })
  } finally {
    await falls.doubt?.catch(() => undefined)
    reading?.dispose()
  }
}

function failure(step: number, { player, what }: Trouble, tries: number): string {
  return `${player}'s ${what} was not finite after step ${step}, ${tries + 1} times in a row: try a lower learning rate, clipNorm, or another objective`
}
