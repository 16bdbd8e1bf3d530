import type { Speed } from '../settings/url-state.ts'

/** Milliseconds after each step, and those that slow motion stands at each part of an update. */
const mediumPause = 100
const slowPause = 1000

/** How fast a game is played. */
export class Pace {
  /** Ends every wait. */
  signal: AbortSignal = new AbortController().signal
  /** Whether the speed counts: a single step is taken at once. */
  paced = true
  private speed: Speed = 'fast'
  private wake: (() => void) | undefined

  set(speed: Speed): void {
    this.speed = speed
    this.wake?.()
  }

  /** Ends the wait under way. */
  next(): void {
    this.wake?.()
  }

  /** Whether the parts of an update are shown one after another. */
  get showsStages(): boolean {
    return this.paced && !this.signal.aborted && (this.speed === 'slow' || this.speed === 'by-hand')
  }

  async waitAfterStep(): Promise<void> {
    if (this.paced && this.speed === 'medium') await this.sleep(mediumPause)
  }

  /** Stands at a part of an update: for a while, or until somebody wants the next one. */
  async waitInStage(): Promise<void> {
    await this.sleep(this.speed === 'by-hand' ? undefined : slowPause)
  }

  /** Lets messages that wait be handled; a timer would wait for 4 ms. */
  yieldToMessages(): Promise<void> {
    return new Promise(resolve => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        resolve()
      }
      port2.postMessage(null)
    })
  }

  /** @param milliseconds undefined: until it is woken */
  private sleep(milliseconds: number | undefined): Promise<void> {
    if (this.signal.aborted) return Promise.resolve()
    const { signal } = this
    return new Promise(resolve => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        this.wake = undefined
        resolve()
      }
      const timer = milliseconds === undefined ? undefined : setTimeout(end, milliseconds)
      signal.addEventListener('abort', end)
      this.wake = end
    })
  }
}
