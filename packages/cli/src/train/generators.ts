import { runFiles } from '@gankit/experiment/node'
import { saveGenerator } from '@gankit/inference/node'
import { type Callback, type Training, withAverages } from '@gankit/trainer'

/** Saves each generator, as its moving average where there is one, beside each checkpoint, so that it can be sampled. */
export function saveGenerators(run: string): Callback {
  return async ({ type }, { trainer }) => {
    if (type !== 'checkpoint' && type !== 'end') return
    await withAverages(trainer, () => writeGenerators(trainer, runFiles(run).model))
  }
}

/** Saves the generators of a game: an only one in the folder itself, several in folders of their names. */
export async function writeGenerators(
  { game }: Pick<Training, 'game'>,
  folderFor: (generator?: string) => string,
): Promise<void> {
  const generators = Object.entries(game.generators)
  for (const [name, generator] of generators)
    await saveGenerator(generators.length === 1 ? folderFor() : folderFor(name), generator)
}
