import type { Candidate } from '../choice.ts'
import type { NativeThreadOptions } from './native/threads.ts'

/** Threads of wasm and of native TensorFlow. */
export type CandidateOptions = NativeThreadOptions

/** A backend for Node: one row of the table in backends.ts. */
export interface NodeBackend {
  /** Name of the row in a survey. */
  readonly name: string
  /** Name in tfjs, which `selectBackend` and `--backend` take. */
  readonly backend: string
  /**
   * Absent where the candidate of another row starts this backend too.
   * @param wanted the backend that the caller named, or 'auto'
   */
  createCandidate?(wanted: string, options: CandidateOptions): Candidate
  /** Version of the library beneath the backend, once the backend runs. */
  readVersion(): string | undefined
  /** The shell command that installs the backend, where the backend may be missing and could run here. */
  findInstallCommand?(): string | undefined
  /** Environment of the process in which a survey starts the backend. */
  readonly env?: NodeJS.ProcessEnv
  /** Why a survey need not start the backend; undefined where it may be there. */
  explainAbsence?(): string | undefined
  /** Why the backend, which started on a GPU or not, is not the one of this row; undefined where it is. */
  explainMismatch?(gpu: boolean | undefined): string | undefined
}
