import { hasCuda, installNativeCommand } from './candidates.ts'
import { inOwnProcess, whyNoResult } from './install/own-process.ts'
import { wheelPlan } from './install/wheel-plan.ts'
import { gpuInSight, isInstalled } from './survey-gpu.ts'
import type { Probe } from './survey-probe.ts'
import type { Speed } from './survey-speed.ts'
import { threadsOf } from './threads.ts'

/** The backends that a survey tells of: native TensorFlow on a GPU is one of its own. */
export type SurveyName = 'tensorflow-gpu' | 'webgpu' | 'tensorflow' | 'wasm' | 'cpu'

/** What a survey found about one backend. */
export interface SurveyRow {
  readonly name: SurveyName
  /** The name that `selectBackend` and `--backend` take. */
  readonly backend: string
  /** Whether it starts on this machine. */
  readonly present: boolean
  /** What it is, or why it doesn't start. */
  readonly why: string
  /** Why 'auto' passes over it all the same. */
  readonly onlyByName?: string
  readonly version?: string
  readonly threads?: number
  /** Absent where it was not asked for, or could not be measured. */
  readonly speed?: Speed
  /** Why it could not be measured. */
  readonly whyNoSpeed?: string
  /** What to type to get it. */
  readonly get?: string
}

export interface Survey {
  /** In the order in which 'auto' asks them. */
  readonly backends: readonly SurveyRow[]
  /** What 'auto' takes. */
  readonly auto: SurveyName | undefined
}

export interface SurveyOptions {
  /** Whether the speed of each is measured, for about five seconds. Default: true. */
  readonly speed?: boolean
  /** Threads of wasm and of native TensorFlow. Default: GANKIT_THREADS, or else one a core. */
  readonly threads?: number
  /** How long a backend may take to start; with its speed, half as long again. Default: 60. */
  readonly seconds?: number
  readonly signal?: AbortSignal
  /** Told before each backend is started. */
  readonly onStart?: (name: SurveyName) => void
}

/**
 * Starts every backend there is for Node, one after the other, each in a process of its own: one that crashes or hangs
 * is told, and costs no more than its time limit.
 * @throws GankitError for threads out of range, or the signal's reason
 */
export async function surveyBackends(options: SurveyOptions = {}): Promise<Survey> {
  const { onStart = () => {} } = options
  const threads = threadsOf(options.threads)
  const backends: SurveyRow[] = []
  for (const name of order()) {
    onStart(name)
    backends.push(await rowOf(name, { ...options, ...(threads && { threads }) }))
  }
  return { backends, auto: backends.find(row => row.present && !row.onlyByName)?.name }
}

function order(): SurveyName[] {
  return hasCuda()
    ? ['tensorflow-gpu', 'tensorflow', 'webgpu', 'wasm', 'cpu']
    : ['tensorflow-gpu', 'webgpu', 'tensorflow', 'wasm', 'cpu']
}

async function rowOf(
  name: SurveyName,
  { speed = true, seconds = 60, threads, signal }: SurveyOptions,
): Promise<SurveyRow> {
  const backend = name === 'tensorflow-gpu' ? 'tensorflow' : name
  const absent = (why: string): SurveyRow => ({ name, backend, present: false, why, ...getting(name) })
  if (name === 'tensorflow-gpu' && !hasCuda()) return absent('not installed')
  const probe = async (measured: boolean) =>
    inOwnProcess<Probe>('probeBackend', [{ backend, speed: measured, threads }], {
      signal,
      seconds: measured ? 1.5 * seconds : seconds,
      env: name === 'tensorflow' ? { CUDA_VISIBLE_DEVICES: '-1' } : {},
    })
  let outcome = await probe(speed)
  let whyNoSpeed: string | undefined
  if (speed && 'ended' in outcome) {
    whyNoSpeed = whyNoResult(outcome.ended)
    // It may start, and only its speed can't be measured.
    if (outcome.ended.code !== 1) outcome = await probe(false)
  }
  if ('ended' in outcome) return absent(whyNoResult(outcome.ended))
  const { reason, gpu, ...found } = outcome.result
  if (name === 'tensorflow-gpu' && !gpu) return absent('TensorFlow for CUDA is installed, and finds no GPU')
  return { name, backend, present: true, why: reason, ...found, ...(whyNoSpeed && { whyNoSpeed }) }
}

function getting(name: SurveyName): { get?: string } {
  if (name === 'tensorflow-gpu')
    return typeof wheelPlan(true) === 'string' ? {} : { get: `${installNativeCommand} --gpu` }
  if (name === 'tensorflow') return { get: installNativeCommand }
  if (name === 'webgpu' && !isInstalled('webgpu') && gpuInSight())
    return { get: 'npm install webgpu @tensorflow/tfjs-backend-webgpu' }
  return {}
}
