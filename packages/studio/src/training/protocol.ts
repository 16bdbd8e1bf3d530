import type { EventRecord, RunConfig, TrainingFlags } from '@gankit/experiment'

/** What a stream of a new run learns from. */
export type ChosenData =
  | { readonly kind: 'made'; readonly spec: string }
  | { readonly kind: 'files'; readonly name: string; readonly files: readonly File[] }

/** A new run, as the page asks for it. */
export interface RunPlan {
  readonly app: string
  readonly preset: string
  readonly seed: number
  readonly backend: string
  /** Settings in place of the preset's. */
  readonly flags: TrainingFlags
  /** Whether the generator is conditioned on the app's attributes. */
  readonly conditional: boolean
  /** By stream; '' for the only one of an app. Those that are left out are the app's. */
  readonly data: Readonly<Record<string, ChosenData>>
}

/** A run that this browser keeps. */
export interface StoredRun {
  readonly id: string
  readonly config: RunConfig
  /** Milliseconds since 1970. */
  readonly began: number
}

/** What the page wants of the run that goes on. */
export interface Wishes {
  readonly paused: boolean
  readonly learningRateScale: number
  /** Checkpoints that have been asked for. */
  readonly checkpoints: number
  readonly stop: boolean
}

/** A preset, as a form shows it. */
export interface PresetSummary {
  readonly name: string
  readonly description: string
  readonly steps: number
  readonly batch: number
  readonly sampleEvery: number
}

export interface StreamSummary {
  /** '' for the only one. */
  readonly name: string
  readonly spec: string | undefined
  readonly optional: boolean
}

export type Command =
  | { readonly type: 'describe'; readonly app: string }
  | { readonly type: 'train'; readonly plan: RunPlan }
  | { readonly type: 'resume'; readonly id: string }
  | { readonly type: 'steer'; readonly wishes: Wishes }
  /** Gives the generator of the run as files; after the end of training too. */
  | { readonly type: 'save' }

export type Phase = 'loading' | 'data' | 'training' | 'ended'

export type Answer =
  | {
      readonly type: 'described'
      readonly app: string
      readonly defaultPreset: string
      readonly presets: readonly PresetSummary[]
      readonly streams: readonly StreamSummary[]
      readonly canCondition: boolean
    }
  | { readonly type: 'phase'; readonly phase: Phase; readonly done?: number; readonly total?: number }
  /** The run has a place in this browser now; `kept` says why it has none, where it has none. */
  | {
      readonly type: 'began'
      readonly run: StoredRun
      readonly backend: string
      readonly kept: string | undefined
    }
  | { readonly type: 'note'; readonly line: string }
  | { readonly type: 'records'; readonly records: readonly EventRecord[] }
  /** Where the run is, a few times a second. */
  | { readonly type: 'pace'; readonly step: number; readonly imagesPerSecond: number }
  | { readonly type: 'samples'; readonly step: number; readonly png: Blob }
  | { readonly type: 'real'; readonly png: Blob }
  | { readonly type: 'weights'; readonly sha256: string }
  | { readonly type: 'saved'; readonly model: string; readonly weights: Uint8Array<ArrayBuffer> }
  | { readonly type: 'failed'; readonly message: string }
