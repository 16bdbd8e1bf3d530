import { indexEntries } from '../entry.ts'
import * as table from './table.ts'

export type ObjectiveEntry = (typeof table)[keyof typeof table]

/** What an objective is called in a configuration or on a command line. */
export type ObjectiveName = ObjectiveEntry['name']

export const objectiveEntries: Readonly<Record<string, ObjectiveEntry>> = indexEntries(table)

/** The function that makes each objective, by its name; without options it takes its defaults. */
export const objectives: {
  readonly [Known in ObjectiveEntry as Known['name']]: Known['create']
} = Object.fromEntries(
  Object.values(objectiveEntries).map(({ name, create }) => [name, create]),
) as typeof objectives
