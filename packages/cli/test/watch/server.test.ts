import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodePng } from '@gankit/visualization'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { openWatchServer, type WatchServer, type WatchServerOptions } from '../../src/watch/server.ts'
import { resolveWatchPage } from '../../src/watch/site.ts'
import { config, writeRun } from '../hostile/run-files.ts'
import { useProject } from '../project.ts'
import { type Asked, ask, steer } from './client.ts'

useProject('shared')

const png = encodePng({ width: 2, height: 2, channels: 1, data: new Uint8Array([0, 85, 170, 255]) })
const servers: WatchServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.end()
})

async function serve(run: string, options?: WatchServerOptions): Promise<WatchServer> {
  const server = await openWatchServer(resolve(run), options)
  servers.push(server)
  return server
}

beforeAll(() => {
  writeRun('run')
  writeFileSync('run/samples/000000.png', png)
  writeFileSync('run/samples/000100.txt', 'three words here\n')
  writeFileSync('run/samples/real.png', png)
  writeFileSync('secret.png', png)
  writeFileSync('run/secret.png', png)
  symlinkSync(resolve('secret.png'), 'run/samples/000200.png')
  writeFileSync('run/samples/000300.png', 'no picture')
  mkdirSync('site/assets', { recursive: true })
  writeFileSync('site/watch.html', '<!doctype html><title>Watch</title>')
  writeFileSync('site/assets/page-Ab3_x-9Z.js', 'export {}')
  writeFileSync('site/plain.css', 'p {}')
  symlinkSync(resolve('secret.png'), 'site/linked.png')
})

test('a page gets what a run is, its pictures, and headers that let nothing in from elsewhere', async () => {
  const server = await serve('run')
  expect(server.url).toBe(`http://127.0.0.1:${server.port}/#token=${server.token}`)
  expect(server.token).toMatch(/^[0-9a-f]{32}$/)
  const answer = await ask(server)
  expect(answer.status).toBe(200)
  const urls = (answer.json() as { samples: { step: number; url: string }[] }).samples
  expect(answer.json()).toMatchObject({
    name: 'run',
    app: 'mnist-digits',
    title: 'Mnist digits',
    config,
    description: { version: 3, app: 'mnist-digits', preset: 'quick', steps: 400 },
    scalars: [{ name: 'generator/loss', label: 'G' }],
    running: false,
    canSteer: false,
    steering: { paused: false, learningRateScale: 1, stop: false },
    real: expect.stringMatching(/^\/api\/samples\/real\.png\?written=\d+$/),
  })
  // A link is none of its samples.
  expect(urls.map(({ step, url }) => [step, url.replace(/\?.*/, '')])).toEqual([
    [0, '/api/samples/000000.png'],
    [100, '/api/samples/000100.txt'],
    [300, '/api/samples/000300.png'],
  ])
  const { body, headers } = await ask(server, { path: urls[0]!.url })
  expect(body).toEqual(Buffer.from(png))
  expect(headers).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
  })
  const policy = headers['content-security-policy'] as string
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/http|\*|unsafe/)
  const text = await ask(server, { path: urls[1]!.url })
  expect(text.headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(String(text.body)).toBe('three words here\n')
})

test.each([
  ['no token', { headers: { Authorization: '' } }],
  ['another token', { headers: { Authorization: `Bearer ${'0'.repeat(32)}` } }],
  ['a long one', { headers: { Authorization: `Bearer ${'0'.repeat(4000)}` } }],
])('%s opens nothing', async (_, asked: Asked) => {
  const server = await serve('run')
  for (const path of ['/api/run', '/api/events', '/api/samples/000000.png', '/api/steering', '/api/other']) {
    const answer = await ask(server, { ...asked, path })
    expect([answer.status, Object.keys(answer.json())]).toEqual([401, ['error']])
  }
  const query = await ask(server, { ...asked, path: `/api/run?token=${server.token}` })
  expect(query.status).toBe(401)
})

test.each([
  ['a name that was bound to this address', { Host: 'example.org' }],
  ['the same with the port', { Host: 'example.org:PORT' }],
  ['another port', { Host: '127.0.0.1:1' }],
  ['no port', { Host: '127.0.0.1' }],
  ['all addresses', { Host: '0.0.0.0:PORT' }],
  ['IPv6', { Host: '[::1]:PORT' }],
  ['a name below localhost', { Host: 'a.localhost:PORT' }],
  ['a page of elsewhere', { Origin: 'https://example.org' }],
  ['a page of nowhere', { Origin: 'null' }],
  ['a page of this machine on another port', { Origin: 'http://127.0.0.1:1' }],
  ['the other name of this machine', { Host: 'localhost:PORT', Origin: 'http://127.0.0.1:PORT' }],
  ['a picture in a page of elsewhere', { 'Sec-Fetch-Site': 'cross-site' }],
])('a request of %s is refused', async (_, headers) => {
  const server = await serve('run', { site: 'site' })
  const filled = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(server.port))]),
  )
  for (const path of ['/', '/api/run']) {
    const answer = await ask(server, { path, headers: filled })
    expect(answer.status, path).toBe(403)
    expect(answer.body.toString()).not.toContain('Watch</title>')
  }
})

test('whoever clicks the address in another page gets the page, and no answer about the run', async () => {
  const server = await serve('run', { site: 'site' })
  const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }
  expect((await ask(server, { path: '/', headers })).status).toBe(200)
  expect((await ask(server, { path: '/api/run', headers })).status).toBe(403)
})

test('the two names of this machine are the right ones', async () => {
  const server = await serve('run')
  for (const host of [`127.0.0.1:${server.port}`, `localhost:${server.port}`]) {
    const headers = { Host: host, Origin: `http://${host}`, 'Sec-Fetch-Site': 'same-origin' }
    expect((await ask(server, { headers })).status).toBe(200)
  }
  const answer = await sendRaw(
    server.port,
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nHost: example.org\r\n\r\n`,
  )
  expect(answer).toMatch(/^HTTP\/1\.1 40[03] /)
})

test.each([
  '/../package.json',
  '/api/samples/../../config.json',
  '/api/samples/..%2f..%2fconfig.json',
  '/api/samples/%2e%2e/%2e%2e/config.json',
  '/api/samples/..%5c..%5cconfig.json',
  '/api/samples/..\\config.json',
  '/api/samples/000000.png%00.txt',
  '/api/samples/./000000.png',
  '//example.org/api/run',
  'http://example.org/api/run',
  '/api/run#x',
  '/api/samples/<b>',
])('the address %s is refused', async path => {
  const server = await serve('run')
  expect((await ask(server, { path })).status).toBe(400)
})

test.each([
  'config.json',
  'events.jsonl',
  'secret.png',
  '000200.png',
  '000400.png',
  '0.png',
  'constructor',
  '',
])('no samples have the name %o', async name => {
  const server = await serve('run')
  expect((await ask(server, { path: `/api/samples/${name}` })).status).toBe(404)
})

test('a picture that is none is told in a line', async () => {
  const answer = await ask(await serve('run'), { path: '/api/samples/000300.png' })
  expect(answer.status).toBe(400)
  expect((answer.json() as { error: string }).error).toMatch(/000300\.png is no PNG, expected a PNG that/)
})

test.each([
  ['PUT', '/api/run', 'GET'],
  ['POST', '/api/events', 'GET'],
  ['HEAD', '/api/events', 'GET'],
  ['DELETE', '/api/samples/000000.png', 'GET'],
  ['GET', '/api/steering', 'POST'],
  ['OPTIONS', '/api/steering', 'POST'],
])('%s %s is nothing that one can do', async (method, path, allowed) => {
  const answer = await ask(await serve('run'), { method, path })
  expect([answer.status, answer.headers.allow]).toEqual([405, allowed])
})

test('what is no request of a browser ends no server', async () => {
  const server = await serve('run')
  for (const text of [
    'TRACE / HTTP/1.1\r\nHost: x\r\n\r\n',
    'CONNECT x:1 HTTP/1.1\r\n\r\n',
    '\0\0\0\r\n\r\n',
    'GET',
  ])
    await sendRaw(server.port, text)
  const upgrade = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
  expect(await sendRaw(server.port, upgrade)).not.toMatch(/^HTTP\/1\.1 101/)
  expect((await ask(server)).status).toBe(200)
})

test.each([
  ['too much', 'x'.repeat(513), 413],
  ['no JSON', '{', 400],
  ['another field', '{"steps":1}', 400],
  ['a wrong value', '{"learningRateScale":0}', 400],
  ['depth', '['.repeat(250) + ']'.repeat(250), 400],
  ['a key of every object', '{"__proto__":{"stop":true}}', 400],
  ['nothing', '{}', 400],
])('a change with %s is refused in a line', async (_, body, status) => {
  const server = await serve('run')
  const answer = await ask(server, {
    path: '/api/steering',
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  })
  expect(answer.status).toBe(status)
  const { error } = answer.json() as { error: string }
  expect(error).not.toMatch(/\n|^\[gankit/)
  expect(error).not.toBe('')
})

test('a body that says no length and has no end is cut off', async () => {
  const server = await serve('run')
  const head = [
    'POST /api/steering HTTP/1.1',
    `Host: 127.0.0.1:${server.port}`,
    `Authorization: Bearer ${server.token}`,
    'Content-Type: application/json',
    'Transfer-Encoding: chunked',
  ].join('\r\n')
  const chunk = `400\r\n${' '.repeat(1024)}\r\n`
  expect(await sendRaw(server.port, `${head}\r\n\r\n${chunk.repeat(20)}`)).toMatch(/^HTTP\/1\.1 413 /)
})

test('forms, and a run that nobody trains, change nothing', async () => {
  const server = await serve('run')
  const form = await ask(server, { path: '/api/steering', method: 'POST', body: '{"stop":true}' })
  expect(form.status).toBe(415)
  const answer = await steer(server, { stop: true })
  expect([answer.status, answer.json()]).toEqual([
    409,
    { error: 'nobody trains this run: it can’t be steered' },
  ])
})

test('the page is served with its files, and nothing else', async () => {
  const server = await serve('run', { site: 'site' })
  const plain = { headers: { Authorization: '' } }
  for (const path of ['/', '/watch.html']) {
    const page = await ask(server, { ...plain, path })
    expect(page.headers['content-type']).toMatch(/^text\/html/)
    expect(page.headers['cache-control']).toBe('no-store')
    expect(String(page.body)).toBe('<!doctype html><title>Watch</title>')
  }
  const script = await ask(server, { ...plain, path: '/assets/page-Ab3_x-9Z.js' })
  expect(script.headers['content-type']).toMatch(/^text\/javascript/)
  expect(script.headers['cache-control']).toContain('immutable')
  expect((await ask(server, { ...plain, path: '/plain.css' })).headers['cache-control']).toBe('no-store')
  for (const path of ['/linked.png', '/assets', '/assets/', '/no.html'])
    expect((await ask(server, { ...plain, path })).status, path).toBe(404)
  expect((await ask(server, { ...plain, path: '/', method: 'POST' })).status).toBe(405)
})

test('without the page its address says how to get it', async () => {
  const answer = await ask(await serve('run', { site: null }), { path: '/' })
  expect(answer.status).toBe(503)
  expect(answer.headers['content-type']).toMatch(/^text\/plain/)
  expect(String(answer.body)).toContain('npm run pages')
})

test('the page is that of the package, where it is built', () => {
  const page = fileURLToPath(new URL('../../site', import.meta.url))
  expect(resolveWatchPage()).toBe(existsSync(join(page, 'watch.html')) ? page : undefined)
})

test('a port that another program uses is told with the flag', async () => {
  const { port } = await serve('run')
  await expect(openWatchServer(resolve('run'), { port })).rejects.toThrow(
    `--port is ${port}, which another program uses, expected a free one`,
  )
})

test('a run whose files are links shows nothing of what they lead to', async () => {
  writeRun('elsewhere')
  writeFileSync('elsewhere/samples/000000.png', png)
  mkdirSync('linked')
  writeFileSync('linked/config.json', readFileSync('run/config.json'))
  for (const name of ['events.jsonl', 'samples'])
    symlinkSync(resolve('elsewhere', name), join('linked', name))
  const server = await serve('linked')
  expect((await ask(server)).json()).toMatchObject({ scalars: [], samples: [] })
  expect((await ask(server, { path: '/api/samples/000000.png' })).status).toBe(404)
  // A link in the place of the configuration, after the server began.
  rmSync('linked/config.json')
  symlinkSync(resolve('elsewhere/config.json'), 'linked/config.json')
  const answer = await ask(server)
  expect(answer.status).toBe(400)
  expect((answer.json() as { error: string }).error).toContain("config.json can't be read (it is a link to")
})

/** Sends bytes as they are. @returns what comes back until the server, or a second of silence, ends it */
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise(done => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setTimeout(1000, () => socket.destroy())
    socket.on('data', data => {
      answer += String(data)
    })
    socket.on('error', () => {})
    socket.on('close', () => done(answer))
  })
}
