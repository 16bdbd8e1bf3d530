import type { Initializer, SeededOptions } from './initializers.ts'

/** How a layer of several weights, or a block of layers, draws the first of them. */
export interface SeededWeights {
  /** Whole number from 0 to 2⁵³ − 1. Default 0. */
  readonly seed?: number
  /**
   * What each weight is drawn for is this and its own name: 'generator/up_1' gives 'generator/up_1/kernel'. Default:
   * `name`; then equal names and seeds in G and D give equal weights.
   */
  readonly purpose?: string
  /** Of each kernel, such as `heNormal`, or `of => normal({ ...of, std: 0.01 })`. */
  readonly initializer?: (of: SeededOptions) => Initializer
}
