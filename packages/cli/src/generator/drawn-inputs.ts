import { GankitError } from '@gankit/core'
import { hasDrawnInputs } from '@gankit/inference'
import type { OpenedGenerator } from './find.ts'

/**
 * @param what what is to be made of its samples: 'samples'
 * @throws GankitError for a generator that starts from pictures or other samples, which nobody draws at random
 */
export function checkDrawn({ source, generator }: OpenedGenerator, what: string): void {
  if (hasDrawnInputs(generator)) return
  throw new GankitError(
    'cli',
    'option',
    `the generator of ${source} turns ${generator.condition!.kind === 'image' ? 'pictures' : 'samples'} into others, expected one that starts from random numbers, for ${what}${generator.condition!.kind === 'image' ? `: 'gankit translate ${source} PICTURE --out new.png' gives it a picture` : ''}`,
  )
}
