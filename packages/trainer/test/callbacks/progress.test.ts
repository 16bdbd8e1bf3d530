import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatProgress } from '../../src/callbacks/progress.ts'
import { progress, type ScalarValues } from '../../src/index.ts'
import { gameScalars as descriptions } from '../game-scalars.ts'

const values: ScalarValues = {
  'discriminator/loss': 1.25,
  'generator/loss': 0.5,
  'discriminator/real': 0.75,
  'discriminator/fake': 0.25,
  'discriminator/gradient': 1.5,
  'generator/gradient': 2.5,
}

/** What progress writes over a run whose step takes a second and 32 images. */
async function written(
  { isTTY, columns, interval = 0 }: { isTTY: boolean; columns?: number; interval?: number },
  steps: number,
  from = 0,
): Promise<string[]> {
  const texts: string[] = []
  const write = (text: string) => void texts.push(text)
  const callback = progress({ output: { write, isTTY, columns }, interval })
  await callback({ type: 'start', step: from, steps, scalars: descriptions })
  const now = (step: number) => ({ step, steps, samplesSeen: 32 * step, seconds: step - from })
  for (let step = from + 1; step <= steps; step++)
    await callback({ type: 'step', ...now(step), read: async () => values })
  await callback({ type: 'end', reason: 'done', ...now(steps), trained: 32 * (steps - from), values })
  return texts
}

test('a line is shorter than its columns, and whole charts are left out of a narrow one', () => {
  const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  const steps = fc.integer({ min: 1, max: 10_000_000 })
  const share = fc.double({ min: 0, max: 1.5, noNaN: true })
  const anyValues = fc.record({
    'discriminator/loss': fc.double(),
    'generator/loss': finite,
    'discriminator/real': finite,
    'discriminator/fake': fc.double(),
    'discriminator/gradient': fc.double(),
    'generator/gradient': finite,
  })
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 200 }),
      steps,
      share,
      anyValues,
      fc.double(),
      fc.double(),
      (columns, steps, share, values, rate, left) => {
        const step = Math.round(steps * share)
        const line = formatProgress(
          { step, steps },
          values,
          descriptions,
          { samplesPerSecond: rate, secondsLeft: left },
          columns,
          true,
        )
        expect(line.length).toBeLessThan(columns)
        expect(line).toContain(`${step}/${steps}`.slice(0, columns - 1))
        const whole = formatProgress(
          { step, steps },
          values,
          descriptions,
          { samplesPerSecond: rate, secondsLeft: left },
          10_000,
        )
        const shown = line.replace(/^[█░]+ {2}/, '')
        expect(`${whole}  `.startsWith(shown)).toBe(true)
        if (columns > 60) expect(line, 'charts leave room for the bar').not.toBe(shown)
        if (columns > 30) expect(whole.slice(shown.length)).toMatch(/^( {2}|$)/)
      },
    ),
  )
})

test('says step, rate, time left and every chart, behind a bar on a terminal', () => {
  const line = (step: number, left: number, columns: number, hasBar = false) =>
    formatProgress(
      { step, steps: 400 },
      values,
      descriptions,
      { samplesPerSecond: 12_345.6, secondsLeft: left },
      columns,
      hasBar,
    )
  const losses = '100/400  12,346 samples/s  02:05 left  loss D 1.250 G 0.500'
  const charts = `${losses}  D(x) real 0.75 fake 0.25`
  const whole = `${charts}  gradient D 1.50 G 2.50`
  expect(line(100, 125, 200)).toBe(whole)
  expect(line(100, 125, 200, true)).toBe(`${'█'.repeat(6)}${'░'.repeat(18)}  ${whole}`)
  expect(line(400, 0, 200, true)).toMatch(/^█{24} {2}400/)
  expect(line(100, 3725, 200)).toContain('1:02:05 left')
  expect(line(100, 125, 90)).toBe(charts)
  expect(line(100, 125, 80)).toBe(losses)
  expect(line(100, 125, 80, true)).toBe(`${'█'.repeat(4)}${'░'.repeat(14)}  ${losses}`)
})

test('a player that was not updated has no value, a run without a known end no bar and no time left', () => {
  const alone = { ...values, 'generator/loss': Number.NaN, 'generator/gradient': Number.NaN }
  expect(
    formatProgress({ step: 7 }, alone, descriptions, { samplesPerSecond: 100, secondsLeft: Number.NaN }, 200),
  ).toBe('step 7  100 samples/s  – left  loss D 1.250 G –  D(x) real 0.75 fake 0.25  gradient D 1.50 G –')
})

test('steps that are taken again are no progress', async () => {
  const texts: string[] = []
  const callback = progress({ output: { write: text => texts.push(text) }, interval: 0 })
  const step = { type: 'step', steps: 9, samplesSeen: 1, read: async () => values } as const
  await callback({ type: 'start', step: 0, steps: 9, scalars: descriptions })
  await callback({ ...step, step: 4, seconds: 1 })
  await callback({ ...step, step: 3, seconds: 2, replayed: true })
  await callback({ ...step, step: 4, seconds: 3, replayed: true })
  expect(texts).toEqual([])
  await callback({ ...step, step: 5, seconds: 4 })
  expect(texts).toHaveLength(1)
})

test('on a terminal one line is written over, and closed at the end', async () => {
  const texts = await written({ isTTY: true, columns: 120 }, 4)
  expect(texts.at(-1)).toBe('\n')
  const lines = texts.slice(0, -1)
  expect(lines).toHaveLength(3)
  for (const line of lines) {
    expect(line.slice(0, 5)).toBe('\r\u001b[2K')
    expect(line.slice(5)).toMatch(/^█*░* {2}\d\/4 [^\r\n]+$/)
  }
})

test('elsewhere lines are plain', async () => {
  const texts = await written({ isTTY: false }, 4)
  expect(texts).toHaveLength(3)
  for (const text of texts) expect(text).toMatch(/^\d\/4 [ -~]+\n$/)
  expect(texts.map(text => /\d+\/\d+/.exec(text)![0])).toEqual(['2/4', '3/4', '4/4'])
})

test('a resumed run counts its own samples and steps', async () => {
  const [line] = await written({ isTTY: false, columns: 200 }, 1010, 1000)
  expect(line).toContain('1002/1010  32 samples/s  00:08 left')
})

test('looks no more often than its interval, but always at the last step', async () => {
  const texts = await written({ isTTY: false, interval: 60_000 }, 50)
  expect(texts.map(text => /\d+\/\d+/.exec(text)![0])).toEqual(['2/50', '50/50'])
})

test('a run of one step has a line without a rate, one of none has nothing', async () => {
  const [line, end] = await written({ isTTY: true, columns: 120 }, 1)
  expect(line).toContain('1/1  – samples/s  – left')
  expect(end).toBe('\n')
  expect(await written({ isTTY: true }, 0)).toEqual([])
})

test('one callback watches a second run from its own start', async () => {
  const texts: string[] = []
  const callback = progress({ output: { write: text => texts.push(text) }, interval: 60_000 })
  for (let run = 0; run < 2; run++) {
    await callback({ type: 'start', step: 0, steps: 9, scalars: descriptions })
    for (let step = 1; step <= 3; step++)
      await callback({
        type: 'step',
        step,
        steps: 9,
        samplesSeen: step,
        seconds: step,
        read: async () => values,
      })
  }
  expect(texts.map(text => /\d+\/\d+ {2}\S+/.exec(text)![0])).toEqual(['2/9  1', '2/9  1'])
})

test('a terminal of unknown width gets a full line', async () => {
  const [line] = await written({ isTTY: true, columns: 0 }, 3)
  expect(line).toContain('D(x) real 0.75 fake 0.25')
})

test('steps that take long at first say nothing about those that follow', async () => {
  const texts: string[] = []
  const output = { write: (text: string) => texts.push(text) }
  const callback = progress({ output, interval: 0 })
  await callback({ type: 'start', step: 0, steps: 1000, scalars: descriptions })
  // Ten steps while JavaScript is being compiled, then each takes a tenth of them.
  const secondsAt = (step: number) => (step <= 10 ? 0.1 * step : 1 + 0.01 * (step - 10))
  for (let step = 1; step <= 500; step++)
    await callback({
      type: 'step',
      step,
      steps: 1000,
      samplesSeen: step,
      seconds: secondsAt(step),
      read: async () => values,
    })
  const steps = texts.map(text => Number(/^\d+/.exec(text)![0]))
  expect(steps[0], 'a log waits for an estimate').toBeGreaterThan(10)
  for (const text of texts) {
    const [, step, minutes, seconds] = /^(\d+)\/1000 .* (\d\d):(\d\d) left/.exec(text)!
    const [left, real] = [60 * Number(minutes) + Number(seconds), secondsAt(1000) - secondsAt(Number(step))]
    expect(left / real, text).toBeLessThan(1.6)
    expect(left / real, text).toBeGreaterThan(0.9)
  }
})

test('an output that replaces lines itself gets them without escapes', async () => {
  const lines: string[] = []
  const callback = progress({
    output: { showLine: line => lines.push(line), isTTY: true, columns: 90 },
    interval: 0,
  })
  await callback({ type: 'start', step: 0, steps: 2, scalars: descriptions })
  for (const step of [1, 2])
    await callback({
      type: 'step',
      step,
      steps: 2,
      samplesSeen: step,
      seconds: step,
      read: async () => values,
    })
  await callback({
    type: 'end',
    reason: 'done',
    step: 2,
    steps: 2,
    samplesSeen: 2,
    seconds: 2,
    trained: 2,
    values,
  })
  expect(lines).toEqual([expect.stringMatching(/^█+ {2}2\/2 {2}1 samples\/s {2}00:00 left {2}loss/)])
})
