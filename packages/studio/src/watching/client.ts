import type { EventRecord } from '@gankit/experiment/events'
import { signal } from '@preact/signals'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { RunActions } from '../run/controls.tsx'
import { RunState } from '../run/run-state.ts'

/** What `GET /api/run` says; `status` messages have some of it anew. */
interface Description {
  readonly name: string
  readonly app: string
  readonly title: string
  readonly config: unknown
  readonly running: boolean
  readonly canSteer: boolean
  readonly steering: { readonly paused: boolean; readonly learningRateScale: number; readonly stop: boolean }
  readonly samples: readonly { readonly step: number; readonly url: string }[]
  readonly real?: string
}

/** What the page can't do anything about, for its words. */
export type WatchFault = 'token' | 'gone'

/** Milliseconds between two tries to reach a server that went. */
const retryEvery = 2000

/** A run in Node, by the server of `gankit watch`. */
export class WatchClient {
  readonly run = new RunState()
  readonly title = signal<string | undefined>(undefined)
  readonly name = signal('')
  readonly canSteer = signal(false)
  readonly fault = signal<WatchFault | undefined>(undefined)
  /** What a wish was answered with, where that was no. */
  readonly refusal = signal<string | undefined>(undefined)
  private readonly token: string
  /** Lines of the run's events that the page has. */
  private line = 0
  /** Addresses of pictures that are there or on their way, by step. */
  private readonly pictures = new Map<number, string>()

  constructor(token: string) {
    this.token = token
  }

  /** Follows the run for as long as the page is there; a server that ends may come again. */
  async follow(): Promise<never> {
    for (;;) {
      try {
        await this.describe()
        this.fault.value = undefined
        await this.stream()
      } catch {
        // The server is gone, or was never there.
      }
      if (this.fault.value !== 'token') this.fault.value = 'gone'
      this.run.status.value = this.run.history.value.end ? 'ended' : 'gone'
      await new Promise(resolve => setTimeout(resolve, retryEvery))
    }
  }

  readonly actions: RunActions = {
    pause: paused => void this.steer({ paused }),
    scaleLearningRates: learningRateScale => void this.steer({ learningRateScale }),
    checkpoint: () => void this.steer({ checkpoint: true }),
    stop: () => void this.steer({ stop: true }),
  }

  private async ask(path: string, options: RequestInit = {}): Promise<Response> {
    const headers = { ...options.headers, Authorization: `Bearer ${this.token}` }
    const response = await fetch(path, { ...options, headers, cache: 'no-store' })
    if (response.status === 401) this.fault.value = 'token'
    return response
  }

  private async describe(): Promise<void> {
    const response = await this.ask('/api/run')
    if (!response.ok) throw new Error(String(response.status))
    const description = (await response.json()) as Description
    this.title.value = description.title
    this.name.value = description.name
    this.run.config.value = description.config ?? undefined
    if (description.real !== undefined) this.run.real.value = await this.readPicture(description.real)
    this.takeStatus(description)
  }

  private async stream(): Promise<void> {
    const { body, ok } = await this.ask(`/api/events?after=${this.line}`)
    if (!ok || !body) return
    const parser = createParser({ onEvent: message => this.take(message) })
    const reader = body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      parser.feed(value)
    }
  }

  private take({ event, id, data }: EventSourceMessage): void {
    const content = JSON.parse(data)
    if (event === 'status') this.takeStatus(content as Description)
    else if (event === 'restart') {
      this.line = 0
      this.run.records.value = []
    } else {
      this.line = Number(id)
      this.run.add(content as EventRecord[])
    }
  }

  private takeStatus({
    running,
    canSteer,
    steering,
    samples,
  }: Omit<Description, 'name' | 'app' | 'title' | 'config'>): void {
    this.canSteer.value = canSteer
    this.run.status.value = running ? (steering.paused ? 'paused' : 'training') : 'ended'
    this.run.learningRateScale.value = steering.learningRateScale
    for (const { step, url } of samples) {
      if (this.pictures.get(step) === url) continue
      this.pictures.set(step, url)
      void this.showPicture(step, url)
    }
  }

  private async showPicture(step: number, address: string): Promise<void> {
    const url = await this.readPicture(address)
    // Another one of this step may have come meanwhile.
    if (url && this.pictures.get(step) === address) this.run.addPicture({ step, url })
  }

  /** A picture as an address of the page's own, as an image can't send the token. */
  private async readPicture(address: string): Promise<string | undefined> {
    const response = await this.ask(address).catch(() => undefined)
    if (!response?.ok || !/^image\//.test(response.headers.get('Content-Type') ?? '')) return undefined
    return URL.createObjectURL(await response.blob())
  }

  private async steer(wish: object): Promise<void> {
    this.refusal.value = undefined
    try {
      const response = await this.ask('/api/steering', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(wish),
      })
      if (!response.ok) this.refusal.value = ((await response.json()) as { readonly error: string }).error
    } catch {
      this.fault.value = 'gone'
    }
  }
}
