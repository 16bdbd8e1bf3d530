import { existsSync } from 'node:fs'
import { findNamedRun, hasApp } from '@gankit/experiment/node'

/**
 * What a person means by a run, a folder or an app: a path that exists, an app's name, 'latest', or the beginning of a
 * run's name. Anything else comes back as it is, so that an error shows what was typed.
 * @throws GankitError where several runs begin so
 */
export async function resolveSource(source: string): Promise<string> {
  if (existsSync(source) || hasApp(source)) return source
  return (await findNamedRun(source)) ?? source
}
