import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'

/** Where a server is, and what its page knows. */
export interface Place {
  readonly port: number
  readonly token: string
}

export interface Asked {
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** The body as JSON. */
  json(): never
}

/** Asks a server as its own page does, or as the test wants it: Node sends addresses and headers as they are. */
export async function ask(place: Place, asked: Asked = {}): Promise<Answer> {
  const incoming = await send(place, asked)
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  const body = Buffer.concat(parts)
  return {
    status: incoming.statusCode!,
    headers: incoming.headers,
    body,
    json: () => JSON.parse(String(body)) as never,
  }
}

/** Asks for a change of the steering. */
export function steer(place: Place, changes: object): Promise<Answer> {
  return ask(place, {
    path: '/api/steering',
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(changes),
  })
}

/** An answer of which nothing is read yet. */
export function send(
  { port, token }: Place,
  { path = '/api/run', method = 'GET', headers = {}, body }: Asked = {},
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        headers: { Authorization: `Bearer ${token}`, ...headers },
        agent: false,
      },
      resolve,
    )
    asking.on('error', reject)
    asking.end(body)
  })
}

/** A message of the stream of events. */
export interface Message {
  readonly event: string
  readonly id: number | undefined
  readonly data: never
}

/** The messages of the stream, one after the other; ends with the server. */
export async function* readEvents(
  place: Place,
  after = 0,
  signal?: AbortSignal,
): AsyncGenerator<Message, void> {
  const incoming = await send(place, { path: `/api/events?after=${after}` })
  if (incoming.statusCode !== 200) throw new Error(`status ${incoming.statusCode}`)
  signal?.addEventListener('abort', () => incoming.destroy())
  let text = ''
  try {
    for await (const part of incoming) {
      text += String(part)
      const messages = text.split('\n\n')
      text = messages.pop()!
      for (const message of messages) if (!message.startsWith(':')) yield parse(message)
    }
  } finally {
    incoming.destroy()
  }
}

/** Messages until one fits, that one included. */
export async function readUntil(
  messages: AsyncGenerator<Message, void>,
  fits: (message: Message) => boolean,
): Promise<Message[]> {
  const read: Message[] = []
  for (;;) {
    const { done, value } = await messages.next()
    if (done) throw new Error(`the stream ended after ${JSON.stringify(read)}`)
    read.push(value)
    if (fits(value)) return read
  }
}

function parse(message: string): Message {
  const fields = Object.fromEntries(
    message.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  return {
    event: fields['event'] ?? 'message',
    id: fields['id'] === undefined ? undefined : Number(fields['id']),
    data: JSON.parse(fields['data']!) as never,
  }
}
