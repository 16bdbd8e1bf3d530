import type { ImageCondition } from '@gankit/core'
import { text } from '../../state/language.ts'
import { callWorker, isAborted } from '../client.ts'
import type { LabelShare, OpenedGenerator, OpenedPicture, Pixels } from '../protocol.ts'

/** What the reader chose: one of the examples, or a file of their own. */
export type Chosen = { readonly pixels: Pixels } | { readonly file: File }

/** Whether a picture goes in as it is, in tiles, or made as small as those of training. */
export type Scale = 'own' | 'trained'

/** A picture, and what became of it; what is not there yet is left out. */
export interface Translated {
  readonly given?: {
    readonly pixels: Pixels
    readonly reducedFrom?: OpenedPicture['was'] | undefined
  }
  readonly made?: Pixels
  readonly labels?: readonly LabelShare[]
}

/** Pixels of a side of any picture, input or output, at most: with these a tab has memory enough. */
const maxSide = 2048

export interface Limits {
  /** Pixels of a side of the pictures that the generator learned from. */
  readonly side: number
  /** Pixels of a side of an input, at most. */
  readonly maxInput: number
}

export function findLimits({ description }: OpenedGenerator): Limits {
  const [side] = (description.condition as ImageCondition).shape
  return { side, maxInput: Math.floor((maxSide * side) / Math.max(side, description.sampleShape[0]!)) }
}

interface Listener {
  readonly signal: AbortSignal
  show(translated: Translated): void
  onProgress(done: number, total: number): void
  /** Gets the line that says what is wrong. */
  fail(line: string): void
}

/** Opens what was chosen, and has the generator translate it. What was called off says nothing. */
export async function translateChosen(
  chosen: Chosen,
  opened: OpenedGenerator,
  scale: Scale,
  isLabelMap: boolean,
  { signal, show, onProgress, fail }: Listener,
): Promise<void> {
  const words = text.value.generators
  const given = await openChosen(chosen, findLimits(opened), scale, signal).catch((error: Error) => {
    const name = ('file' in chosen && chosen.file.name) || words.starts.pasted
    if (!isAborted(error)) fail(words.starts.noPicture(name))
  })
  if (!given) return
  show({ given })
  try {
    const { pixels, labels } = await callWorker(
      'translate',
      { name: opened.name, pixels: given.pixels, seed: 0, isLabelMap },
      { signal, onProgress },
    )
    show({ given, made: pixels, labels })
  } catch (error) {
    if (!isAborted(error)) fail(words.notDrawn((error as Error).message))
  }
}

async function openChosen(
  chosen: Chosen,
  { side, maxInput }: Limits,
  scale: Scale,
  signal: AbortSignal,
): Promise<Translated['given'] & object> {
  if ('pixels' in chosen) return chosen
  const fit = scale === 'trained' ? { cover: [side, side] as const } : { maxSide: maxInput }
  const { pixels, was } = await callWorker('openPicture', { file: chosen.file, fit }, { signal })
  const isReduced = scale === 'own' && (pixels.width < was[0] || pixels.height < was[1])
  return { pixels, ...(isReduced && { reducedFrom: was }) }
}
