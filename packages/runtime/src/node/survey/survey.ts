import { listBackends } from '../backends.ts'
import { callInOwnProcess, explainMissingResult } from '../install/own-process.ts'
import type { NodeBackend } from '../node-backend.ts'
import { readThreads } from '../select.ts'
import type { Probe } from './probe.ts'
import type { Speed } from './speed.ts'

/** What a survey found out about one backend. */
export interface SurveyRow {
  /** 'tensorflow-gpu' for native TensorFlow on a GPU, or else the name in `backend`. */
  readonly name: string
  /** The name that `selectBackend` and `--backend` take. */
  readonly backend: string
  /** Whether the backend starts on this machine. */
  readonly present: boolean
  /** A description of the backend, or why it doesn't start. */
  readonly why: string
  /** Why 'auto' passes over the backend all the same. */
  readonly onlyByName?: string
  readonly version?: string
  readonly threads?: number
  /** Absent where no speed was requested or measuring failed. */
  readonly speed?: Speed
  /** Why measuring failed. */
  readonly whyNoSpeed?: string
  /** The shell command that installs the backend. */
  readonly get?: string
}

export interface Survey {
  /** In the order in which 'auto' tries them. */
  readonly backends: readonly SurveyRow[]
  /** Name of the row that 'auto' takes. */
  readonly auto: string | undefined
}

export interface SurveyOptions {
  /** Whether to measure the speed of each backend, which takes about five seconds. Default: true. */
  readonly speed?: boolean
  /** Threads of wasm and of native TensorFlow. Default: GANKIT_THREADS, or else one for each core. */
  readonly threads?: number
  /** Time limit in seconds for the start of a backend; with its speed, half as long again. Default: 60. */
  readonly seconds?: number
  readonly signal?: AbortSignal
  /** Called before each backend is started. */
  readonly onStart?: (name: string) => void
}

/**
 * Starts every backend for Node, one after the other, each in a process of its own: a backend that crashes or hangs is
 * reported, and costs no more than its time limit.
 * @throws GankitError for threads out of range, or the signal's reason
 */
export async function surveyBackends(options: SurveyOptions = {}): Promise<Survey> {
  const { onStart = () => {} } = options
  const threads = readThreads(options.threads)
  const backends: SurveyRow[] = []
  for (const row of listBackends()) {
    onStart(row.name)
    backends.push(await surveyBackend(row, { ...options, ...(threads && { threads }) }))
  }
  return { backends, auto: backends.find(row => row.present && !row.onlyByName)?.name }
}

async function surveyBackend(
  row: NodeBackend,
  { speed = true, seconds = 60, threads, signal }: SurveyOptions,
): Promise<SurveyRow> {
  const { name, backend } = row
  const absent = (why: string): SurveyRow => {
    const get = row.findInstallCommand?.()
    return { name, backend, present: false, why, ...(get && { get }) }
  }
  const whyAbsent = row.explainAbsence?.()
  if (whyAbsent) return absent(whyAbsent)
  const probe = async (measured: boolean) =>
    callInOwnProcess<Probe>('probeBackend', [{ backend, speed: measured, threads }], {
      signal,
      seconds: measured ? 1.5 * seconds : seconds,
      env: row.env ?? {},
    })
  let outcome = await probe(speed)
  let whyNoSpeed: string | undefined
  if (speed && 'ended' in outcome) {
    whyNoSpeed = explainMissingResult(outcome.ended)
    // Code 1 is a backend that doesn't start; after a crash or a hang, perhaps only measuring failed.
    if (outcome.ended.code !== 1) outcome = await probe(false)
  }
  if ('ended' in outcome) return absent(explainMissingResult(outcome.ended))
  const { reason, gpu, ...found } = outcome.result
  const mismatch = row.explainMismatch?.(gpu)
  if (mismatch) return absent(mismatch)
  return { name, backend, present: true, why: reason, ...found, ...(whyNoSpeed && { whyNoSpeed }) }
}
