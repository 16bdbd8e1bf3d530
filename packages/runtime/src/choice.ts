import { GankitError } from '@gankit/core'

/** A backend that was asked to start and could not, and why. */
export interface Refusal {
  readonly backend: string
  readonly why: string
}

/** The backend that training will use. */
export interface BackendChoice {
  /** The name under which tfjs knows it: 'tensorflow', 'wasm' or 'cpu'. */
  readonly backend: string
  /** Threads that its kernels use. */
  readonly threads: number
  /** Why this one, in words. */
  readonly reason: string
  /** The backends that would have been preferred. */
  readonly refused: readonly Refusal[]
  /** What to type for a faster one, where there is one. */
  readonly faster?: string
}

/** One backend that may be started. */
export interface Candidate {
  readonly backend: string
  /** What to type to get it, where it may be missing. */
  readonly install?: string
  /** Makes it the backend of tfjs. @throws an Error that says why it can't */
  start(): Promise<{ readonly threads: number; readonly reason: string }>
}

/**
 * Starts the first candidate that can, or the one that is wanted by name.
 * @param wanted 'auto' or the name of a candidate
 * @throws GankitError for an unknown name, or when what was wanted can't start
 */
export async function chooseBackend(
  candidates: readonly Candidate[],
  wanted = 'auto',
): Promise<BackendChoice> {
  const eligible = candidates.filter(candidate => wanted === 'auto' || candidate.backend === wanted)
  if (eligible.length === 0) {
    const names = ['auto', ...candidates.map(candidate => candidate.backend)].join(', ')
    throw new GankitError('runtime', 'option', `backend is '${wanted}', expected one of ${names}`)
  }
  const refused: Refusal[] = []
  for (const candidate of eligible) {
    const { backend } = candidate
    try {
      const started = await candidate.start()
      const faster = candidates.find(
        other => other.install && refused.some(one => one.backend === other.backend),
      )
      return { backend, ...started, refused, ...(faster?.install && { faster: faster.install }) }
    } catch (error) {
      refused.push({ backend, why: error instanceof Error ? error.message.split('\n')[0]! : String(error) })
    }
  }
  const reasons = refused.map(({ backend, why }) => `${backend} (${why})`).join('; ')
  throw new GankitError(
    'runtime',
    'backend',
    wanted === 'auto'
      ? `no backend could be started: ${reasons}`
      : `backend '${wanted}' could not be started: ${reasons}. ${eligible[0]?.install ? `To get it: ${eligible[0].install}` : `Try backend 'auto'`}`,
  )
}
