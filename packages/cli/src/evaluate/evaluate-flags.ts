import type { DataFlags } from '../data-flags.ts'

/** What was typed behind `gankit evaluate`. */
export interface EvaluateFlags extends DataFlags {
  readonly against?: string
  readonly metrics?: readonly string[]
  readonly count?: number
  readonly seeds: number
  readonly seed: number
  readonly extractor?: string
  readonly layer?: string
  readonly range?: readonly [number, number]
  readonly best?: boolean
  readonly neighbours?: string
  readonly backend?: string
  readonly threads?: number
  readonly json?: boolean
}
