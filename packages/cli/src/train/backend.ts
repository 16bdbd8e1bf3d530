import { isGankitError } from '@gankit/core'
import type { App, RunConfig } from '@gankit/experiment'
import type { BackendChoice } from '@gankit/runtime'
import { selectBackend } from '@gankit/runtime/node'
import type { TrainFlags } from './flags.ts'

/**
 * Starts the backend that the flags name, else that of the run which is resumed, else the fastest. A run's own backend
 * that doesn't start here, as on another machine, gives way to the fastest.
 * @param before the backend of the run that is resumed
 * @throws GankitError for flags that name no backend which starts
 */
export async function selectRunBackend(
  { workload }: Pick<App, 'workload'>,
  flags: TrainFlags,
  before: RunConfig['backend'] | undefined,
  report: (line: string) => void,
): Promise<BackendChoice> {
  const requested = {
    ...(flags.backend !== undefined && { backend: flags.backend }),
    ...(flags.threads !== undefined && { threads: flags.threads }),
    ...(flags.precision !== undefined && { precision: flags.precision }),
    ...(workload && { workload }),
  }
  // Another backend that somebody asks for has threads and a precision of its own.
  const { GANKIT_BACKEND, GANKIT_THREADS } = process.env
  if (!before || flags.backend !== undefined || GANKIT_BACKEND) return selectBackend(requested)
  const { name, threads, precision } = before
  try {
    return await selectBackend({
      backend: name,
      precision,
      ...(GANKIT_THREADS ? {} : { threads }),
      ...requested,
    })
  } catch (error) {
    if (!isGankitError(error)) throw error
    report(`         the run was on ${name}, which doesn't start here: ${error.message}`)
    return selectBackend(requested)
  }
}
