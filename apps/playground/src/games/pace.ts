import type { Speed } from '../settings/url-state.ts'

/** Steps a second; slow motion stands before each update, too. */
const stepsPerSecond: Readonly<Record<Speed, number>> = {
  slow: 0.8,
  medium: 10,
  fast: Number.POSITIVE_INFINITY,
}

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

  get isSlow(): boolean {
    return this.paced && this.speed === 'slow'
  }

  async waitAfterStep(): Promise<void> {
    if (this.paced && this.speed === 'medium') await this.sleep(1000 / stepsPerSecond.medium)
  }

  async waitBeforeUpdate(): Promise<void> {
    await this.sleep(1000 / stepsPerSecond.slow / 2)
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

  private sleep(milliseconds: number): Promise<void> {
    if (this.signal.aborted) return Promise.resolve()
    const { signal } = this
    return new Promise(resolve => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        this.wake = undefined
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      signal.addEventListener('abort', end)
      this.wake = end
    })
  }
}
