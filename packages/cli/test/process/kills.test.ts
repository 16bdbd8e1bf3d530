import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gankit, scratch, start } from '@gankit/testkit/command'
import { expect, test } from 'vitest'

/** How often the run is killed; `GANKIT_KILLS=50` takes its time. */
const kills = Number(process.env['GANKIT_KILLS'] ?? 6)
const stepsBetween = 60
const words = [
  ...['train', 'mnist-digits', '--batch', '8', '--latent', '8', '--threads', '1', '--seed', '1'],
  // Often enough that many kills come in the midst of a checkpoint, of samples being drawn, or of a measurement.
  ...['--checkpoint-every', '3', '--sample-every', '4', '--evaluate-every', '5'],
  ...['--steps', String(stepsBetween * kills), '--json', '--out'],
]

test(`a run that is killed ${kills} times, whatever it does, ends bit for bit as one that wasn't`, {
  timeout: 120_000 + 60_000 * kills,
}, async () => {
  const folder = scratch()
  const whole = gankit([...words, 'whole'], folder)
  const again = ['train', '--resume', 'killed', '--json']
  const begun = () => existsSync(join(folder, 'killed', 'config.json'))
  const checkpoints = join(folder, 'killed', 'checkpoints')
  const kept = () =>
    existsSync(checkpoints) ? String(readdirSync(checkpoints).filter(name => /^\d+$/.test(name))) : ''
  for (let kill = 0; kill < kills; kill++) {
    const life = start(begun() ? again : [...words, 'killed'], folder)
    await life.says('Run ')
    // Every third life may end before it has come to anything; the others have got on.
    const before = kept()
    while (kill % 3 > 0 && kept() === before) await wait(5)
    await wait(700 * Math.random())
    life.kill('SIGKILL')
    expect((await life.ended).code, `life ${kill} was over before it was killed`).toBe(null)
  }
  const last = await gankit(again, folder)
  expect(last.err).not.toContain('damaged')
  const [{ weightsSha256, samplesSeen }, expected] = [JSON.parse(last.out), JSON.parse((await whole).out)]
  expect(samplesSeen).toBe(expected.samplesSeen)
  expect(expected.samplesSeen).toBe(8 * stepsBetween * kills)
  expect(weightsSha256).toBe(expected.weightsSha256)
})
