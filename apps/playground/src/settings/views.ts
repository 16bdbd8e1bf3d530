/** What the figure and the panels show; each can be turned on and off. */
export const viewNames = [
  'verdicts',
  'real',
  'fake',
  'lattice',
  'arrows',
  'best',
  'scheme',
  'losses',
  'probabilities',
] as const
export type ViewName = (typeof viewNames)[number]
export type Views = { readonly [Name in ViewName]: boolean }

export const defaultViews: Views = {
  verdicts: true,
  real: true,
  fake: true,
  lattice: true,
  arrows: false,
  best: false,
  scheme: true,
  losses: true,
  probabilities: true,
}
