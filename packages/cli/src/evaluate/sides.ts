import { GankitError } from '@gankit/core'
import type { DataOptions } from '@gankit/datasets/node'
import { findGenerator } from '../generator-source.ts'
import type { EvaluateFlags } from './evaluate-flags.ts'
import type { OpenedData } from './real-data.ts'
import { generatorSubject, picturesSubject, type Subject } from './subject.ts'

/** What is evaluated, and real samples. */
export interface Sides {
  readonly subject: Subject
  readonly real: OpenedData
}

/**
 * Both sides, of one shape wherever pictures can be made to have it.
 * @throws GankitError where either can't be opened, or it isn't known what the real samples are
 */
export async function sidesOf(
  source: string,
  flags: EvaluateFlags,
  open: (spec: string, usual?: DataOptions) => Promise<OpenedData>,
): Promise<Sides> {
  const found = await findGenerator(source, flags)
  const subject = found && (await generatorSubject(source, found))
  const against = flags.against ?? subject?.against?.spec
  if (against === undefined) {
    await subject?.close()
    throw new GankitError(
      'cli',
      'option',
      `it isn't known what ${source} should be like: name real samples with --against, such as --against embedded or --against folder:PATH`,
    )
  }
  if (subject) {
    const usual = flags.against === undefined ? subject.against!.options : pictureOptions(subject.sampleShape)
    try {
      return { subject, real: await open(against, usual) }
    } catch (error) {
      await subject.close()
      throw error
    }
  }
  const real = await open(against)
  try {
    const { dataset } = await open(source, pictureOptions(real.dataset.sampleShape))
    return { subject: picturesSubject(source, dataset), real }
  } catch (error) {
    await real.dataset.close?.()
    throw error
  }
}

/** What makes pictures of a shape. */
function pictureOptions([height, width, channels]: readonly number[]): DataOptions {
  if (width === undefined) return {}
  return {
    size: height === width ? width : [height!, width],
    ...((channels === 1 || channels === 3) && { channels }),
  }
}
