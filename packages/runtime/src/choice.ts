import { GankitError } from '@gankit/core'

/** 'mixed': products and convolutions in 16-bit floats, weights and sums in 32. */
export type Precision = 'float32' | 'mixed'

/** A backend that was asked to start and could not, and why. */
export interface Refusal {
  readonly backend: string
  readonly why: string
}

/** The backend that training will use. */
export interface BackendChoice {
  /** The name under which tfjs knows it: 'tensorflow', 'webgpu', 'webgl', 'wasm' or 'cpu'. */
  readonly backend: string
  /** Threads that its kernels use. */
  readonly threads: number
  /** The numbers that it computes with. */
  readonly precision: Precision
  /** Why this one, in words. */
  readonly reason: string
  /** The backends that were asked, in order; the last of them is the one that was taken. */
  readonly tried: readonly string[]
  /** The backends that would have been preferred. */
  readonly refused: readonly Refusal[]
  /** What to type for a faster one, where there is one. */
  readonly faster?: string
}

/** What is wanted of a backend. */
export interface BackendRequest {
  /** Whether it was asked for by name; a candidate may then start where it would stand back under 'auto'. */
  readonly named: boolean
  readonly precision: Precision
}

/** What a candidate says once it is the backend of tfjs. */
export interface Started {
  readonly threads: number
  readonly reason: string
  /** Default: 'float32'. */
  readonly precision?: Precision
  /** Where 'mixed' was wanted and it computes in float32: why. */
  readonly whyFloat32?: string
}

/** One backend that may be started. */
export interface Candidate {
  readonly backend: string
  /** What to type to get it, where it may be missing. */
  readonly install?: string
  /** Makes it the backend of tfjs. @throws an Error that says why it can't */
  start(request: BackendRequest): Promise<Started>
}

export interface ChoiceOptions {
  /** 'auto' (the default) or the name of a candidate. */
  readonly backend?: string
  /** Default: 'float32'. */
  readonly precision?: Precision
}

/**
 * Starts the first candidate that can, or the one that is wanted by name. Under 'auto' a backend without mixed
 * precision is taken all the same, in float32, and the reason says so.
 * @throws GankitError for an unknown name or precision, or when what was wanted can't start
 */
export async function chooseBackend(
  candidates: readonly Candidate[],
  { backend: wanted = 'auto', precision = 'float32' }: ChoiceOptions = {},
): Promise<BackendChoice> {
  checkPrecision(precision)
  const named = wanted !== 'auto'
  const eligible = candidates.filter(candidate => !named || candidate.backend === wanted)
  if (eligible.length === 0) {
    const names = ['auto', ...candidates.map(candidate => candidate.backend)].join(', ')
    throw new GankitError('runtime', 'option', `backend is '${wanted}', expected one of ${names}`)
  }
  const refused: Refusal[] = []
  for (const candidate of eligible) {
    const { backend } = candidate
    let started: Started
    try {
      started = await candidate.start({ named, precision })
    } catch (error) {
      refused.push({ backend, why: error instanceof Error ? error.message.split('\n')[0]! : String(error) })
      continue
    }
    const tried = [...refused.map(one => one.backend), backend]
    return { ...chosen(backend, started, precision, named), tried, refused, ...faster(candidates, refused) }
  }
  const reasons = refused.map(({ backend, why }) => `${backend} (${why})`).join('; ')
  const { install } = eligible[0]!
  throw new GankitError(
    'runtime',
    'backend',
    named
      ? `backend '${wanted}' could not be started: ${reasons}. ${install ? `To get it: ${install}` : `Try backend 'auto'`}`
      : `no backend could be started: ${reasons}`,
  )
}

/** @throws GankitError for anything but a precision there is */
export function checkPrecision(precision: unknown): asserts precision is Precision {
  if (precision !== 'float32' && precision !== 'mixed')
    throw new GankitError('runtime', 'option', `precision is '${precision}', expected float32 or mixed`)
}

function chosen(
  backend: string,
  { threads, reason, precision = 'float32', whyFloat32 = 'it has no mixed precision' }: Started,
  wanted: Precision,
  named: boolean,
): Omit<BackendChoice, 'tried' | 'refused'> {
  if (wanted === precision) return { backend, threads, precision, reason }
  if (named)
    throw new GankitError(
      'runtime',
      'option',
      `precision is '${wanted}', and backend '${backend}' computes in ${precision} here (${whyFloat32}): leave precision out, or take backend 'auto'`,
    )
  return { backend, threads, precision, reason: `${reason}, in ${precision} (${whyFloat32})` }
}

function faster(candidates: readonly Candidate[], refused: readonly Refusal[]): { faster?: string } {
  const missing = candidates.find(
    candidate => candidate.install && refused.some(one => one.backend === candidate.backend),
  )
  return missing?.install ? { faster: missing.install } : {}
}
