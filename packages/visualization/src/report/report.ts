import type { Chart } from '../curves/scalar-charts.ts'

/** The content of a run's report. */
export interface RunReport {
  /** What was trained: the title of its app. */
  readonly title: string
  /** One line below the title: which app, preset and run. */
  readonly subtitle?: string
  /** The state of the run, such as 'done', and optionally the reason for it. */
  readonly state?: { readonly name: string; readonly why?: string }
  /** The facts at the top of the report. */
  readonly summary: readonly Fact[]
  /** The configuration as plain data. It becomes a table with a part for each object. */
  readonly config: Readonly<Record<string, unknown>>
  readonly curves: readonly Chart[]
  readonly grids: readonly Grid[]
  /** Real samples, shown beside the grids: a PNG file. Default: none. */
  readonly realSamples?: Uint8Array
  /** Written below the grids, such as how many were left out. */
  readonly gridsNote?: string
  /** Findings, warnings, rollbacks, and what whoever watched the run changed. */
  readonly findings: readonly Incident[]
  /** Commands to go on with. */
  readonly commands: readonly Command[]
}

export interface Fact {
  readonly name: string
  readonly value: string
  /** Written small, below the value. */
  readonly note?: string
}

/** Samples after a step: a PNG file. */
export interface Grid {
  readonly step: number
  readonly png: Uint8Array
}

/** Something that happened at a step. */
export interface Incident {
  readonly kind: 'finding' | 'warning' | 'rollback' | 'steered'
  readonly step: number
  readonly title: string
  /** The measurement behind it. */
  readonly evidence?: string
  /** A remedy to try. */
  readonly advice?: string
}

export interface Command {
  readonly purpose: string
  readonly command: string
}
