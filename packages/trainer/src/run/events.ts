import type { ScalarDescription } from '@gankit/core'
import type { Snapshot } from '../checkpoint/snapshot.ts'
import type { BestSoFar } from '../checkpoint/state.ts'
import type { DataStreams } from '../game/step.ts'
import type { Training } from '../training.ts'

/**
 * The scalars of one step, read back from the backend, by `player/scalar`: 'discriminator/loss'. Losses are means over
 * the batch. NaN for a player that was not updated in this step.
 */
export type ScalarValues = Readonly<Record<string, number>>

export interface StartEvent {
  readonly type: 'start'
  /** Steps already taken: 0, or where a resumed run goes on. */
  readonly step: number
  /** The step at which this run will end, where that is known. */
  readonly steps?: number
  /** How the game's scalars are shown. */
  readonly scalars: readonly ScalarDescription[]
  /** What whoever steered the run before multiplies the learning rates by; left out where it is 1. */
  readonly learningRateScale?: number
}

export interface StepEvent {
  readonly type: 'step'
  /** Steps taken so far, this one included. */
  readonly step: number
  readonly steps?: number
  /** Samples of data seen so far. */
  readonly samplesSeen: number
  /** Seconds since this run began, without those in which it stood. */
  readonly seconds: number
  /** Present while a run that was rolled back has not yet come as far as it had been. */
  readonly replayed?: true
  /** Reads the scalars back. Only before the next event is asked for; costs a wait for the backend. */
  read(): Promise<ScalarValues>
}

/** A checkpoint was written. */
export interface CheckpointEvent {
  readonly type: 'checkpoint'
  readonly step: number
}

/** A loss or a gradient was not finite; the run is back at its last good snapshot and takes the steps from there anew. */
export interface RollbackEvent {
  readonly type: 'rollback'
  /** Steps taken when it happened. */
  readonly step: number
  /** The step that the run is back at. */
  readonly to: number
  readonly player: string
  readonly cause: 'loss' | 'gradient'
  /** Which try this is, from 1, and how many there may be. */
  readonly attempt: number
  readonly tries: number
  /** By what the learning rates are multiplied from now on. */
  readonly learningRateScale: number
}

/** One metric of how good a generator is. */
export interface MetricValue {
  readonly value: number
  readonly better: 'less' | 'more'
  /** The value of real samples, where that is known. */
  readonly floor?: number | null
}

/** A generator was measured. */
export interface MetricsEvent {
  readonly type: 'metrics'
  readonly step: number
  readonly metrics: Readonly<Record<string, MetricValue>>
  /** The best so far, this one included. */
  readonly best?: BestSoFar
}

/** A failure that the doctor sees begin. */
export interface FindingEvent {
  readonly type: 'finding'
  readonly step: number
  /** 'discriminator-saturated' and so on. */
  readonly name: string
  /** What was measured. */
  readonly evidence: string
  /** What to try. */
  readonly advice: string
}

/** Whoever steers the run changed something after this step; what holds from now on. */
export interface SteeredEvent {
  readonly type: 'steered'
  readonly step: number
  /** Whether the run stands. */
  readonly paused: boolean
  /** What the learning rates are multiplied by, beside the factor of rollbacks. */
  readonly learningRateScale: number
  /** Whether a checkpoint is due: it was asked for, or the learning rates changed, which one that goes on must know. */
  readonly checkpoint: boolean
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
  readonly samplesSeen: number
  /** Samples seen by this run alone, without those before it was resumed. */
  readonly trained: number
  readonly seconds: number
  /** The scalars of the last step, where there was one. */
  readonly values?: ScalarValues
}

/** The events that callbacks may emit. */
export type CallbackEvent = CheckpointEvent | MetricsEvent | FindingEvent | SteeredEvent | WarningEvent

export type TrainerEvent = StartEvent | StepEvent | RollbackEvent | CallbackEvent | EndEvent

/** What a callback may do with the run that it takes part in. */
export interface RunContext {
  readonly trainer: Training
  readonly data: DataStreams
  /** Ends the run after this event. */
  stop(why: string): void
  /** Adds an event, which all callbacks get when they are done with this one. */
  emit(event: CallbackEvent): void
  /**
   * Lets the run stand once all callbacks have this event, until the promise resolves. Then they get what was emitted
   * meanwhile, and the run goes on, unless it is held again.
   */
  hold(until: Promise<unknown>): void
  /** The state after the last step; the guard rolls back to the latest that was asked for. */
  snapshot(): Promise<Snapshot>
}

/** A callback that needs nothing of a run but its events. */
export type Observer = (event: TrainerEvent) => Promise<void>

/** A callback takes part in a run, which waits for it. */
export type Callback = (event: TrainerEvent, run: RunContext) => void | Promise<void>
