import type { GeneratorDescription, GeneratorFiles } from '@gankit/inference'

/** What goes into a generator for one sample; `condition` has no numbers where the generator has no attributes. */
export interface Input {
  readonly noise: Float32Array
  readonly condition: Float32Array
}

/** A picture as a canvas takes it: red, green, blue and 255, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray<ArrayBuffer>
}

export interface OpenedGenerator {
  /** What the worker knows it by. */
  readonly name: string
  readonly description: GeneratorDescription
  /** What computes it: 'wasm', or 'cpu' where that does not start. */
  readonly backend: string
  readonly weights: number
}

/** A label of a map, and which share of the pixels has it. */
export interface LabelShare {
  readonly name: string
  readonly color: readonly [red: number, green: number, blue: number]
  readonly share: number
}

export type ExampleKind = 'edges' | 'labels' | 'picture' | 'painted' | 'low'

/** A picture out of a file, as large as it is shown, and as large as it was. */
export interface OpenedPicture {
  readonly pixels: Pixels
  readonly was: readonly [width: number, height: number]
}

/** A picture is made smaller where a side is longer than it may be; or it is cut and scaled so that it covers a size. */
export type Fit = { readonly maxSide: number } | { readonly cover: readonly [width: number, height: number] }

export interface TranslateGiven {
  readonly name: string
  readonly pixels: Pixels
  /** Of the noise, for a generator that has some. */
  readonly seed: number
  /** Whether the result is a label map: then each pixel gets a label's own color, and labels are counted. */
  readonly isLabelMap?: boolean
}

/** What the worker does, by name: what it is given, and what it answers. */
export interface Tasks {
  /** Starts what computes. */
  start(given: Record<string, never>): string
  open(given: { readonly name: string; readonly files: GeneratorFiles }): OpenedGenerator
  /** Inputs of the samples of a seed, the same as those of `gankit sample`. */
  drawInputs(given: {
    readonly name: string
    readonly count: number
    readonly seed: number
    readonly attributes: Readonly<Record<string, string>>
  }): readonly Input[]
  /** The input itself, then inputs at a distance from it: 0 is the input, 1 has nothing of it. */
  varyInput(given: {
    readonly name: string
    readonly input: Input
    readonly count: number
    readonly seed: number
    readonly distance: number
  }): readonly Input[]
  sample(given: { readonly name: string; readonly inputs: readonly Input[] }): readonly Pixels[]
  /** Directions of the noise along which pictures change most, each of length 1. */
  findDirections(given: { readonly name: string; readonly count: number }): readonly Float32Array[]
  animate(given: {
    readonly name: string
    readonly inputs: readonly Input[]
    readonly scale: number
  }): Uint8Array<ArrayBuffer>
  openPicture(given: { readonly file: Blob; readonly fit: Fit }): OpenedPicture
  translate(given: TranslateGiven): { readonly pixels: Pixels; readonly labels: readonly LabelShare[] }
  drawExample(given: { readonly kind: ExampleKind; readonly at: number }): Pixels
  listLabels(given: Record<string, never>): readonly Omit<LabelShare, 'share'>[]
}

export type TaskName = keyof Tasks
export type Given<Name extends TaskName> = Parameters<Tasks[Name]>[0]
export type Result<Name extends TaskName> = ReturnType<Tasks[Name]>

export type Message =
  | { readonly id: number; readonly task: TaskName; readonly given: unknown }
  | { readonly cancel: number }

export type Reply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: string }
  | { readonly id: number; readonly done: number; readonly total: number }
