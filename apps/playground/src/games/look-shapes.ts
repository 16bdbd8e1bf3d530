/** Places along the line at which densities and D are drawn. */
export const linePlaces = 241
/** Cells along each side of D's heat map. */
export const planeSide = 48

/** Cells along each side of the grid on which the data's density is contoured. */
export const contourSide = 160

/** What D makes of samples that stay the same from look to look. */
export interface Predictions {
  /** D as probabilities. */
  readonly real: Float32Array
  readonly fake: Float32Array
  /** Both losses of these, without penalties. */
  readonly losses: { readonly discriminator: number; readonly generator: number }
}

/** What the networks of a game on the line do with it. */
export interface LineLook {
  readonly kind: 'line'
  /** D at each place, as a probability. */
  readonly verdicts: Float32Array
  /** G's density at each place, estimated from 4,000 fakes. */
  readonly density: Float32Array
  /** The map from z to x: latents in order, and what G makes of them. */
  readonly latents: Float32Array
  readonly images: Float32Array
  /** Which way G's loss would move each image, downhill. */
  readonly slopes: Float32Array
  readonly predictions: Predictions
}

/** What the networks of a game in the plane do with it. */
export interface PlaneLook {
  readonly kind: 'plane'
  /** D on a grid of the plot, as probabilities, row by row from the least y. */
  readonly verdicts: Float32Array
  /** Points of G, [n, 2]. */
  readonly fakes: Float32Array
  /** Lines of constant z₁ and of constant z₂, [lines, points, 2]. */
  readonly lattice: Float32Array
  /** Fakes and the way in which G's loss would move them, downhill: [n, 4], x, y, dx, dy. */
  readonly arrows: Float32Array
  readonly predictions: Predictions
}

/** The share of a network's hidden units that give 0 for every sample: ReLU's alone can. */
export interface DeadUnits {
  readonly generator: number
  readonly discriminator: number
}

export type Look = LineLook | PlaneLook
