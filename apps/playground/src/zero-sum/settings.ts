/** How the two players of a zero-sum game take a step. */
export const methods = ['simultaneous', 'alternating', 'extragradient', 'optimistic'] as const
export type Method = (typeof methods)[number]

/** The settings of the smallest games: x·y, and rock, paper, scissors. */
export interface BilinearSettings {
  readonly method: Method
  /** η, the step size. */
  readonly rate: number
  /** Where x and y begin. */
  readonly x: number
  readonly y: number
}

export const bilinearDefaults: BilinearSettings = { method: 'simultaneous', rate: 0.1, x: 1, y: 0 }
