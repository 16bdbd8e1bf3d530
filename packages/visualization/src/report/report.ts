import type { Level } from '../curve-svg.ts'
import type { Series } from '../series.ts'

/** Everything that a report tells of a run. */
export interface RunReport {
  /** The run's name. */
  readonly title: string
  /** One line below it: which app, which preset. */
  readonly subtitle?: string
  /** How the run is: 'done', and why where there is something to say. */
  readonly state?: { readonly name: string; readonly why?: string }
  /** Figures to see first. */
  readonly summary: readonly Fact[]
  /** Plain data, which become a table: objects become its parts. */
  readonly config: Readonly<Record<string, unknown>>
  readonly curves: readonly Chart[]
  readonly grids: readonly Grid[]
  /** Said below the grids, such as how many were left out. */
  readonly gridsNote?: string
  /** Findings, warnings and rollbacks. */
  readonly findings: readonly Incident[]
  /** What to type next. */
  readonly commands: readonly Command[]
}

export interface Fact {
  readonly name: string
  readonly value: string
  /** Small, below the value. */
  readonly note?: string
}

/** One plot of curves over steps. */
export interface Chart {
  readonly title: string
  /** What to look for in it. */
  readonly note?: string
  readonly series: readonly Series[]
  readonly levels?: readonly Level[]
  /** The least and the greatest value of the axis. Default: those of the series and levels. */
  readonly range?: readonly [least: number, greatest: number]
}

/** Samples after a step: a PNG file. */
export interface Grid {
  readonly step: number
  readonly png: Uint8Array
}

/** Something that happened at a step. */
export interface Incident {
  readonly kind: 'finding' | 'warning' | 'rollback'
  readonly step: number
  readonly title: string
  /** What was measured. */
  readonly evidence?: string
  /** What to try. */
  readonly advice?: string
}

export interface Command {
  readonly purpose: string
  readonly command: string
}
