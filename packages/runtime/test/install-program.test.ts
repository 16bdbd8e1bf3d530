import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runProgram } from '../src/node/install/run-program.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gankit-program-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const node = (script: string, options: Parameters<typeof runProgram>[2] = {}) =>
  runProgram(process.execPath, ['-e', script], { cwd: folder, ...options })

test('the end of what a program prints is kept, and its status', async () => {
  const ended = await node(
    "console.log('x'.repeat(200_000) + 'end'); console.error('why'); process.exitCode = 3",
  )
  expect(ended).toMatchObject({ code: 3, stderr: 'why\n' })
  expect(ended.stdout).toMatch(/xend\n$/)
  expect(ended.stdout.length).toBeLessThan(70_000)
})

test('a crash is told by its signal', async () => {
  expect((await node("process.kill(process.pid, 'SIGSEGV')")).code).toBe('SIGSEGV')
})

test('a program that is not there is an error', async () => {
  await expect(runProgram(join(folder, 'nothing'), [])).rejects.toThrow('ENOENT')
})

const hang = 'setInterval(() => {}, 1000)'

test('past its time a program is ended', async () => {
  expect((await node(hang, { seconds: 0.3 })).stopped).toBe('it took longer than 0.3 s')
})

test('where its folder stops growing, a program is ended', async () => {
  const told: number[] = []
  const report = (bytes: number) => {
    told.push(bytes)
    writeFileSync(join(folder, `saw-${bytes}`), '')
  }
  const growing = { folder, seconds: { first: 60, next: 2 }, report }
  // Grows once the watch has begun, and again once it has seen that, however long it takes.
  const script = `const { appendFileSync, existsSync } = require('fs')
const writes = [['saw-0', 1000], ['saw-1000', 500]]
setInterval(() => {
  if (writes.length > 0 && existsSync(writes[0][0])) appendFileSync('f', Buffer.alloc(writes.shift()[1]))
}, 20)`
  expect((await node(script, { growing })).stopped).toBe('nothing came for 2 s')
  expect(Math.max(...told)).toBe(1500)
})

test('where the first byte never comes, too', async () => {
  const growing = { folder, seconds: { first: 0.5, next: 60 }, report: () => {} }
  expect((await node(hang, { growing })).stopped).toBe('nothing came for 0.5 s')
})

test('an abort ends a program and what it started', async () => {
  const alive = join(folder, 'alive')
  const child = `setInterval(() => require('fs').writeFileSync(${JSON.stringify(alive)}, ''), 50)`
  const stopping = new AbortController()
  const running = node(
    `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}]); ${hang}`,
    {
      signal: stopping.signal,
    },
  )
  while (!existsSync(alive)) await setTimeout(50)
  stopping.abort(new Error('enough'))
  await expect(running).rejects.toThrow('enough')
  rmSync(alive)
  await setTimeout(300)
  expect(existsSync(alive)).toBe(false)
  await expect(node(hang, { signal: stopping.signal })).rejects.toThrow('enough')
})
