import type { CartoonFacesOptions } from '@gankit/datasets'
import { cartoonFaces, cartoonLabels } from '@gankit/datasets'
import { readSamples } from '@gankit/experiment'
import type { ExampleKind, LabelShare, Pixels } from '../protocol.ts'
import { toPixels } from './pixels.ts'

/** Faces of this seed are none that a generator learned from. */
const exampleSeed = 1000

const drawings: Readonly<Record<ExampleKind, CartoonFacesOptions>> = {
  edges: { drawing: 'edges' },
  labels: { drawing: 'labels' },
  picture: { drawing: 'picture' },
  painted: { drawing: 'painted' },
  low: { drawing: 'picture', reduce: 4 },
}

/** A cartoon face to start from. Each has a seed of its own, so that none is drawn that isn't shown. */
export async function drawExample(kind: ExampleKind, at: number): Promise<Pixels> {
  const faces = await cartoonFaces({ ...drawings[kind], size: 64, count: 1, seed: exampleSeed + at })
  const [pixels] = toPixels({ samples: await readSamples(faces, 1), sampleShape: faces.sampleShape })
  return pixels!
}

/** The labels of the faces that the generators learned from. */
export const listLabels = (): Omit<LabelShare, 'share'>[] => [...cartoonLabels('personas')]

/** The labels of all styles, each color once. */
export function listAllLabels(): Omit<LabelShare, 'share'>[] {
  const all = (['personas', 'toon-head', 'big-ears'] as const).flatMap(style => cartoonLabels(style))
  return all.filter(({ color }, i) => all.findIndex(other => String(other.color) === String(color)) === i)
}
