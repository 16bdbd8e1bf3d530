import { checkChoice, GankitError } from '@gankit/core'

/** 'mixed': products and convolutions in 16-bit floats, weights and sums in 32. */
export type Precision = 'float32' | 'mixed'

/** A backend that could not be started, and why. */
export interface Refusal {
  readonly backend: string
  readonly why: string
}

/** The backend that training will use. */
export interface BackendChoice {
  /** The name in tfjs: 'tensorflow', 'webgpu', 'webgl', 'wasm' or 'cpu'. */
  readonly backend: string
  /** Threads that its kernels use. */
  readonly threads: number
  /** The numbers with which the backend computes. */
  readonly precision: Precision
  /** Why this backend was chosen, in words. */
  readonly reason: string
  /** The backends that were tried, in order; the last is the chosen one. */
  readonly tried: readonly string[]
  /** The preferred backends, which could not be started. */
  readonly refused: readonly Refusal[]
  /** The shell command that installs a faster backend, where there is one. */
  readonly faster?: string
}

/** What the caller wants of a backend. */
export interface BackendRequest {
  /** Whether the caller named the backend; then a candidate may start where 'auto' should pass over it. */
  readonly named: boolean
  readonly precision: Precision
}

/** What a candidate reports once it is the backend of tfjs. */
export interface Started {
  readonly threads: number
  readonly reason: string
  /** Default: 'float32'. */
  readonly precision?: Precision
  /** Why the backend computes in float32, where the caller wanted 'mixed'. */
  readonly whyFloat32?: string
}

/** A backend that may be started. */
export interface Candidate {
  readonly backend: string
  /** The shell command that installs the backend, where it may be missing. */
  readonly install?: string
  /** Makes this the backend of tfjs. @throws Error that says why it can't */
  start(request: BackendRequest): Promise<Started>
}

export interface ChoiceOptions {
  /** 'auto' (the default) or the name of a candidate. */
  readonly backend?: string
  /** Default: 'float32'. */
  readonly precision?: Precision
}

/**
 * Starts the first candidate that can start, or the one with the given name. Under 'auto' a backend without mixed
 * precision is chosen all the same, in float32, and the reason says so.
 * @throws GankitError for an unknown name or precision, or when no eligible candidate starts
 */
export async function chooseBackend(
  candidates: readonly Candidate[],
  { backend: wanted = 'auto', precision = 'float32' }: ChoiceOptions = {},
): Promise<BackendChoice> {
  checkPrecision(precision)
  const named = wanted !== 'auto'
  checkChoice('runtime', 'backend', wanted, ['auto', ...candidates.map(candidate => candidate.backend)])
  const eligible = candidates.filter(candidate => !named || candidate.backend === wanted)
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
    return {
      ...describeChoice(backend, started, precision, named),
      tried,
      refused,
      ...suggestFaster(candidates, refused),
    }
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

/** @throws GankitError for an unknown precision */
export function checkPrecision(precision: unknown): asserts precision is Precision {
  checkChoice('runtime', 'precision', precision, ['float32', 'mixed'])
}

function describeChoice(
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
      `precision is '${wanted}', and backend '${backend}' computes in ${precision} here (${whyFloat32}): leave it out, or take backend 'auto'`,
      { option: 'precision' },
    )
  return { backend, threads, precision, reason: `${reason}, in ${precision} (${whyFloat32})` }
}

function suggestFaster(candidates: readonly Candidate[], refused: readonly Refusal[]): { faster?: string } {
  const missing = candidates.find(
    candidate => candidate.install && refused.some(one => one.backend === candidate.backend),
  )
  return missing?.install ? { faster: missing.install } : {}
}
