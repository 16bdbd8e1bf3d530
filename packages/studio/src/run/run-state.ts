import { type EventRecord, readHistory } from '@gankit/experiment/events'
import { computed, signal } from '@preact/signals'

/** A picture of samples. */
export interface ShownPicture {
  readonly step: number
  readonly url: string
}

export type RunStatus = 'waiting' | 'training' | 'paused' | 'ended' | 'gone'

/** Steps after which the pace of a run says something. */
const minStepsForPace = 5

/** A run as the page shows it, whether it trains in this tab or in Node. Whoever hears of it puts in what happened. */
export class RunState {
  readonly records = signal<readonly EventRecord[]>([])
  readonly history = computed(() => readHistory(this.records.value))
  /** Rising by step. */
  readonly pictures = signal<readonly ShownPicture[]>([])
  readonly real = signal<string | undefined>(undefined)
  readonly config = signal<unknown>(undefined)
  readonly status = signal<RunStatus>('waiting')
  readonly learningRateScale = signal(1)
  /** Where it is between records. */
  readonly pace = signal<{ readonly step: number; readonly imagesPerSecond?: number } | undefined>(undefined)
  readonly step = computed(() => Math.max(this.pace.value?.step ?? 0, this.history.value.step))
  /** The step at which it will end. */
  readonly steps = computed(() => {
    const last = this.records.value.findLast(({ type }) => type === 'start' || type === 'step')
    return last && 'steps' in last ? last.steps : undefined
  })
  /** When the training that goes on began, and at which step. */
  private since: { readonly time: number; readonly step: number } | undefined

  add(records: readonly EventRecord[]): void {
    this.records.value = [...this.records.value, ...records]
    const steered = records.findLast(record => record.type === 'steered')
    if (steered?.type === 'steered') this.learningRateScale.value = steered.learningRateScale
    // The run is back at an earlier step: what came later is dropped.
    const back = records.findLast(({ type }) => type === 'start' || type === 'rollback')
    if (!back) return
    const to = back.type === 'rollback' ? back.to : back.step
    this.pictures.value = this.pictures.value.filter(({ step }) => step <= to)
    this.pace.value = { ...this.pace.value, step: to }
    this.since = undefined
  }

  /** Adds a picture of a step in place of one that was there. */
  addPicture(picture: ShownPicture): void {
    const others = this.pictures.value.filter(({ step }) => step !== picture.step)
    this.pictures.value = [...others, picture].sort((a, b) => a.step - b.step)
  }

  /** Seconds that are left at the pace so far; undefined before one can tell. */
  readonly secondsLeft = computed((): number | undefined => {
    const [step, steps] = [this.step.value, this.steps.value]
    if (this.status.value !== 'training' || steps === undefined) {
      this.since = undefined
      return undefined
    }
    const now = performance.now()
    // The first steps compile what later ones use, and say nothing of these.
    if (!this.since || step < this.since.step) this.since = { time: now, step }
    const taken = step - this.since.step
    return taken < minStepsForPace ? undefined : (((now - this.since.time) / 1000) * (steps - step)) / taken
  })
}
