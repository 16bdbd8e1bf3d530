/** The figures of one step, read back from the backend. Losses are means over the batch; D is a probability. */
export interface StepValues {
  readonly lossD: number
  readonly lossG: number
  /** Mean D(x) over real samples, before D's move. */
  readonly dReal: number
  /** Mean D(G(z)) over fakes, before D's move. */
  readonly dFake: number
}

export interface StartEvent {
  readonly type: 'start'
  /** Steps already taken: 0, or where a resumed run goes on. */
  readonly step: number
  /** The step at which this run will end. */
  readonly steps: number
}

export interface StepEvent {
  readonly type: 'step'
  /** Steps taken so far, this one included. */
  readonly step: number
  readonly steps: number
  /** Real images seen so far. */
  readonly images: number
  /** Seconds since this run began. */
  readonly seconds: number
  /** Reads the figures back. Only before the next event is asked for; costs a wait for the backend. */
  read(): Promise<StepValues>
}

export interface EndEvent {
  readonly type: 'end'
  readonly reason: 'done' | 'aborted'
  readonly step: number
  readonly steps: number
  readonly images: number
  /** Images of this run alone, without those before it was resumed. */
  readonly trained: number
  readonly seconds: number
  /** The figures of the last step, when there was one. */
  readonly values?: StepValues
}

export type TrainerEvent = StartEvent | StepEvent | EndEvent

/** Something that watches a run. The run waits for it. */
export type Callback = (event: TrainerEvent) => void | Promise<void>
