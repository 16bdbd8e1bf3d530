import type { Batches } from '@gankit/core'
import type { BestSoFar } from './checkpoint/state.ts'
import type { Snapshot } from './snapshot.ts'
import type { Training } from './training.ts'

/** The figures of one step, read back from the backend. Losses are means over the batch; D is a probability. */
export interface StepValues {
  /** D's loss, its penalties included. */
  readonly lossD: number
  /** NaN in a step in which G does not move. */
  readonly lossG: number
  /** Mean D(x) over real samples, before D's move. */
  readonly dReal: number
  /** Mean D(G(z)) over fakes, before D's move. */
  readonly dFake: number
  /** The length of the gradient of all weights of D, before it is clipped. */
  readonly gradientD: number
  /** The same of G; NaN where it does not move. */
  readonly gradientG: number
}

export interface StartEvent {
  readonly type: 'start'
  /** Steps already taken: 0, or where a resumed run goes on. */
  readonly step: number
  /** The step at which this run will end, where that is known. */
  readonly steps?: number
}

export interface StepEvent {
  readonly type: 'step'
  /** Steps taken so far, this one included. */
  readonly step: number
  readonly steps?: number
  /** Real images seen so far. */
  readonly images: number
  /** Seconds since this run began. */
  readonly seconds: number
  /** Present while a run that was rolled back has not yet come as far as it had been. */
  readonly retaken?: true
  /** Reads the figures back. Only before the next event is asked for; costs a wait for the backend. */
  read(): Promise<StepValues>
}

/** A checkpoint was written. */
export interface CheckpointEvent {
  readonly type: 'checkpoint'
  readonly step: number
}

/** A loss or a gradient was not finite; the run is back at its last good state and takes the steps from there anew. */
export interface RollbackEvent {
  readonly type: 'rollback'
  /** Steps taken when it happened. */
  readonly step: number
  /** The step that the run is back at. */
  readonly to: number
  readonly player: string
  readonly what: 'loss' | 'gradient'
  /** Which try this is, from 1, and how many there may be. */
  readonly attempt: number
  readonly tries: number
  /** By what the learning rates are multiplied from now on. */
  readonly learningRateScale: number
}

/** A figure of how good the generator is. */
export interface MeasuredFigure {
  readonly value: number
  readonly better: 'less' | 'more'
  /** What real samples come to, where that is known. */
  readonly floor?: number | null
}

/** Somebody measured how good the generator is. */
export interface FiguresEvent {
  readonly type: 'figures'
  readonly step: number
  readonly figures: Readonly<Record<string, MeasuredFigure>>
  /** The best so far, this one included. */
  readonly best?: BestSoFar
}

/** Something that the doctor sees begin. */
export interface FindingEvent {
  readonly type: 'finding'
  readonly step: number
  /** 'discriminator-won' and so on. */
  readonly name: string
  /** What was measured. */
  readonly evidence: string
  /** What to try. */
  readonly advice: string
}

/** Something that went wrong beside the training, which goes on. */
export interface WarningEvent {
  readonly type: 'warning'
  readonly step: number
  readonly message: string
}

export interface EndEvent {
  readonly type: 'end'
  /** 'stopped' by a callback, 'failed' when the guard gave up. */
  readonly reason: 'done' | 'aborted' | 'stopped' | 'failed'
  /** Why it stopped or failed. */
  readonly why?: string
  readonly step: number
  readonly steps?: number
  readonly images: number
  /** Images of this run alone, without those before it was resumed. */
  readonly trained: number
  readonly seconds: number
  /** The figures of the last step, when there was one. */
  readonly values?: StepValues
}

/** What callbacks may tell of themselves. */
export type ToldEvent = CheckpointEvent | FiguresEvent | FindingEvent | WarningEvent

export type TrainerEvent = StartEvent | StepEvent | RollbackEvent | ToldEvent | EndEvent

/** What a callback may do with the run that it watches. */
export interface RunContext {
  readonly trainer: Training
  readonly batches: Batches
  /** Ends the run after this event. */
  stop(why: string): void
  /** Adds an event, which all callbacks get when they are done with this one. */
  tell(event: ToldEvent): void
  /** The state after the last step; the guard falls back to the latest that was asked for. */
  snapshot(): Promise<Snapshot>
}

/** Something that watches a run and needs nothing of it but its events. */
export type Watcher = (event: TrainerEvent) => Promise<void>

/** Something that takes part in a run. The run waits for it. */
export type Callback = (event: TrainerEvent, run: RunContext) => void | Promise<void>
