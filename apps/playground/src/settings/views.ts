/** What the figure and the panels show; each can be turned on and off. */
export const viewNames = [
  'verdicts',
  'real',
  'contours',
  'fake',
  'lattice',
  'cells',
  'arrows',
  'best',
  'scheme',
  'losses',
  'probabilities',
  'divergences',
] as const
export type ViewName = (typeof viewNames)[number]
export type Views = { readonly [Name in ViewName]: boolean }

export const defaultViews: Views = {
  verdicts: true,
  real: true,
  contours: false,
  fake: true,
  lattice: true,
  cells: false,
  arrows: false,
  best: false,
  scheme: true,
  losses: true,
  probabilities: true,
  divergences: true,
}

/** The layers of the figures, by the order of their switches. */
export const lineLayers = ['real', 'fake', 'verdicts', 'best', 'lattice', 'arrows'] as const
export const planeLayers = ['real', 'contours', 'fake', 'verdicts', 'lattice', 'cells', 'arrows'] as const
export type LayerName = (typeof lineLayers)[number] | (typeof planeLayers)[number]
export const layerNames: readonly LayerName[] = [...new Set<LayerName>([...planeLayers, ...lineLayers])]

/** How opaque layers are, in percent of what they usually are; 100 where none is given. */
export type Opacities = Partial<Readonly<Record<LayerName, number>>>
export const minOpacity = 10
export const maxOpacity = 100
