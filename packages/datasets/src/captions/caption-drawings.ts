import { type Dataset, GankitError } from '@gankit/core'
import { chooseValues, type DrawnSet, listDrawnAttributes } from '../drawn/drawn-set.ts'
import { captionLanguages } from '../options.ts'
import { captionDataset, nameValues } from './caption-dataset.ts'
import type { Grammar } from './grammar.ts'
import { selectGrammars } from './grammars.ts'
import { isHeldOut } from './held-out.ts'

/**
 * Opens drawn pictures with captions in these languages, without the pictures that are held out; without captions all of them.
 * @param captions 'en', 'zh' or 'both'; undefined or '' for none
 * @throws GankitError for another language, and for pictures that the grammars have no words for
 */
export async function captionDrawings(
  captions: string | undefined,
  set: DrawnSet,
  open: () => Promise<Dataset>,
): Promise<Dataset> {
  if (!captions) return open()
  const grammars = chooseGrammars(captions, set)
  const kept = listKept(set)
  const dataset = await open()
  try {
    const captioned = await captionDataset(dataset.select!(kept), { grammars, seed: set.settings.seed })
    return { ...captioned, ...(dataset.close && { close: () => dataset.close!() }) }
  } catch (error) {
    await dataset.close?.()
    throw error
  }
}

function chooseGrammars(captions: string, { subject, settings }: DrawnSet): readonly Grammar[] {
  const fail = (message: string) => new GankitError('datasets', 'option', message, { option: 'captions' })
  if (!captionLanguages.includes(captions))
    throw fail(
      `captions is '${captions}', expected ${captionLanguages.join(', ')} for pictures that are drawn`,
    )
  if (subject === 'faces') {
    const { style, drawing } = settings
    if (style !== 'personas')
      throw fail(
        `captions is '${captions}' with the style ${style}, expected personas: leave one of them out`,
      )
    if (drawing !== 'picture' && drawing !== 'painted')
      throw fail(
        `captions is '${captions}' with the drawing ${drawing}, which hasn't the colors that captions name: expected picture or painted`,
      )
  }
  return selectGrammars(subject, captions)
}

/** The numbers of the pictures that have no held-out pair. */
function listKept(set: DrawnSet): Uint32Array {
  const attributes = listDrawnAttributes(set)
  const all = Uint32Array.from({ length: set.settings.count }, (_, i) => i)
  const kept = all.filter(index => !isHeldOut(nameValues(attributes, chooseValues(set, index), 0)))
  if (kept.length > 0) return kept
  throw new GankitError(
    'datasets',
    'option',
    `each of ${all.length} ${set.subject} has a pair of values that is held out from captions: take more`,
    { option: 'data' },
  )
}
