import { GankitError } from '@gankit/core'
import { expect, test } from 'vitest'
import { type BackendRequest, type Candidate, chooseBackend, type Precision } from '../src/index.ts'

/** A backend that starts, or that refuses with `why`; it notes that it was asked. */
function fake(backend: string, asked: string[], why?: unknown, install?: string): Candidate {
  return {
    backend,
    ...(install && { install }),
    async start() {
      asked.push(backend)
      if (why !== undefined) throw why
      return { threads: 3, reason: `${backend} it is` }
    },
  }
}

test('the first that starts is taken, and no other is asked', async () => {
  const asked: string[] = []
  const candidates = [fake('a', asked), fake('b', asked)]
  expect(await chooseBackend(candidates)).toEqual({
    backend: 'a',
    threads: 3,
    precision: 'float32',
    reason: 'a it is',
    tried: ['a'],
    refused: [],
  })
  expect(asked).toEqual(['a'])
})

test('those that refuse are told with the first line of why, in order', async () => {
  const asked: string[] = []
  const candidates = [
    fake('a', asked, new Error('no library\n  at stack')),
    fake('b', asked, 'thrown as text'),
    fake('c', asked),
  ]
  const choice = await chooseBackend(candidates)
  expect(choice).toEqual({
    backend: 'c',
    threads: 3,
    precision: 'float32',
    reason: 'c it is',
    tried: ['a', 'b', 'c'],
    refused: [
      { backend: 'a', why: 'no library' },
      { backend: 'b', why: 'thrown as text' },
    ],
  })
  expect(asked).toEqual(['a', 'b', 'c'])
})

test('a faster one is named where it was refused and can be had', async () => {
  const refused = fake('a', [], new Error('missing'), 'npm install a')
  expect((await chooseBackend([refused, fake('b', [])])).faster).toBe('npm install a')
  const started = fake('a', [], undefined, 'npm install a')
  expect(await chooseBackend([started, fake('b', [])])).not.toHaveProperty('faster')
  // Asked for b by name, nobody has tried a.
  expect(await chooseBackend([refused, fake('b', [])], { backend: 'b' })).not.toHaveProperty('faster')
})

test('only the wanted one is asked', async () => {
  const asked: string[] = []
  const choice = await chooseBackend([fake('a', asked), fake('b', asked)], { backend: 'b' })
  expect(choice).toMatchObject({ backend: 'b', refused: [] })
  expect(asked).toEqual(['b'])
})

test('an unknown one is refused with the names of all', async () => {
  const choosing = chooseBackend([fake('a', []), fake('b', [])], { backend: 'webgl' })
  await expect(choosing).rejects.toThrow(GankitError)
  await expect(choosing).rejects.toThrow("[gankit/runtime] backend is 'webgl', expected one of: auto, a, b")
})

test('a wanted one that cannot start says why, and how to get it', async () => {
  const missing = fake('a', [], new Error('not installed'), 'npm install a')
  await expect(chooseBackend([missing, fake('b', [])], { backend: 'a' })).rejects.toThrow(
    "[gankit/runtime] backend 'a' could not be started: a (not installed). To get it: npm install a",
  )
  await expect(chooseBackend([missing, fake('b', [], new Error('odd'))], { backend: 'b' })).rejects.toThrow(
    "[gankit/runtime] backend 'b' could not be started: b (odd). Try backend 'auto'",
  )
})

test('where none starts, the error has every reason', async () => {
  const candidates = [fake('a', [], new Error('x')), fake('b', [], new Error('y'))]
  await expect(chooseBackend(candidates)).rejects.toThrow(
    '[gankit/runtime] no backend could be started: a (x); b (y)',
  )
})

test('a candidate may be an object with methods', async () => {
  class Counting implements Candidate {
    readonly backend = 'a'
    private readonly threads = 5
    async start() {
      return { threads: this.threads, reason: 'counted' }
    }
  }
  expect(await chooseBackend([new Counting()])).toMatchObject({ threads: 5 })
})

test('a candidate is told whether it was asked for by name, and in which precision', async () => {
  const requests: BackendRequest[] = []
  const curious: Candidate = {
    backend: 'a',
    async start(request) {
      requests.push(request)
      return { threads: 1, reason: 'seen', precision: request.precision }
    },
  }
  await chooseBackend([curious])
  expect(await chooseBackend([curious], { backend: 'a', precision: 'mixed' })).toMatchObject({
    precision: 'mixed',
    reason: 'seen',
  })
  expect(requests).toEqual([
    { named: false, precision: 'float32' },
    { named: true, precision: 'mixed' },
  ])
})

test('where mixed precision is not to be had, auto goes on in float32 and says so', async () => {
  const plain = fake('a', [])
  expect(await chooseBackend([plain], { precision: 'mixed' })).toMatchObject({
    precision: 'float32',
    reason: 'a it is, in float32 (it has no mixed precision)',
  })
  const explains: Candidate = {
    backend: 'a',
    start: async () => ({ threads: 1, reason: 'a it is', whyFloat32: 'this processor has no bfloat16' }),
  }
  expect((await chooseBackend([explains], { precision: 'mixed' })).reason).toBe(
    'a it is, in float32 (this processor has no bfloat16)',
  )
})

test('where mixed precision is not to be had, a backend asked for by name is an error', async () => {
  const choosing = chooseBackend([fake('a', [])], { backend: 'a', precision: 'mixed' })
  await expect(choosing).rejects.toThrow(GankitError)
  await expect(choosing).rejects.toThrow(
    "[gankit/runtime] precision is 'mixed', and backend 'a' computes in float32 here (it has no mixed precision): leave it out, or take backend 'auto'",
  )
})

test('an unknown precision is refused before anything starts', async () => {
  const asked: string[] = []
  await expect(chooseBackend([fake('a', asked)], { precision: 'float16' as Precision })).rejects.toThrow(
    "[gankit/runtime] precision is 'float16', expected one of: float32, mixed",
  )
  expect(asked).toEqual([])
})
