import { parseOptions } from '@gankit/core'
import * as v from 'valibot'
import {
  checkDrawnSize,
  type DrawnOptions,
  type DrawnSettings,
  drawnSchemas,
} from '../drawn/drawn-options.ts'

/** Options of birds. */
export interface BirdOptions extends DrawnOptions {}

/** Options with their defaults in place. */
export type BirdSettings = DrawnSettings

const schema = v.object(drawnSchemas)

/** Checks options and fills in their defaults. @throws GankitError that names the option at fault */
export function parseBirdOptions(options: BirdOptions): BirdSettings {
  checkDrawnSize(options, 'birds')
  return parseOptions('datasets', schema, options)
}
