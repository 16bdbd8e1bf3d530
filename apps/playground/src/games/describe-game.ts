import { placesOnLine } from '@gankit/visualization'
import type { BuiltGame } from './build-game.ts'
import type { Looker } from './look.ts'
import { linePlaces } from './look-shapes.ts'
import type { Opened } from './protocol.ts'

/** What stays as it is while a game is played. */
export function describeGame(
  { data, objective, gan }: BuiltGame,
  looker: Looker,
  names: Pick<Opened, 'game' | 'backend'>,
): Opened {
  const { density, modes, dimensions } = data.distribution
  return {
    type: 'opened',
    ...names,
    extent: data.extent,
    reals: looker.drawReals(),
    ...looker.drawLatents(),
    ...(density &&
      dimensions === 1 && { density: Float32Array.from(density(placesOnLine(data.extent[0]!, linePlaces))) }),
    ...(modes && { centers: modes.centers }),
    equilibrium: objective.equilibrium,
    weights: { generator: gan.generator.countParams(), discriminator: gan.discriminator.countParams() },
  }
}
