import { GankitError, type Generator } from '@gankit/core'
import type { OpenedGenerator } from './find.ts'

/** Whether all inputs of a generator can be drawn: noise and categories can. */
export function hasDrawnInputs({ condition }: Generator): boolean {
  return condition === undefined || condition.kind === 'categories'
}

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
