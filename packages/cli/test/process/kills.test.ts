import { existsSync, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { randomStream } from '@gankit/core'
import { gankit, scratch, start } from '@gankit/testkit/command'
import { expect, test } from 'vitest'

/** How often the run is killed; `GANKIT_KILLS=50` takes its time. */
const kills = Number(process.env['GANKIT_KILLS'] ?? 6)
const words = [
  ...['train', 'mnist-digits', '--batch', '8', '--latent', '8', '--threads', '1', '--seed', '1'],
  // Often enough that many kills come in the midst of a checkpoint, of samples being drawn, or of a measurement.
  ...['--checkpoint-every', '3', '--sample-every', '4', '--evaluate-every', '5', '--json'],
]

test(`a run that is killed ${kills} times, whatever it does, ends bit for bit as one that wasn't`, {
  timeout: 120_000 + 60_000 * kills,
}, async () => {
  const folder = scratch()
  const run = join(folder, 'killed')
  const checkpoints = join(run, 'checkpoints')
  const resume = ['train', '--resume', 'killed', '--json']
  const steps = () =>
    existsSync(checkpoints) ? readdirSync(checkpoints).filter(name => /^\d+$/.test(name)) : []
  // Kills come at a change of files, not at a time: a slow machine is killed in the midst of as many things.
  const moments = randomStream(1, 'kills').uniform(kills, 1, 30)
  for (let kill = 0; kill < kills; kill++) {
    const begun = existsSync(join(run, 'config.json'))
    const life = start(begun ? resume : [...words, '--steps', '1000000', '--out', 'killed'], folder)
    await life.says('Run ')
    // Every third life may end before it has come to anything; the others have got on.
    const before = String(steps())
    while (kill % 3 > 0 && String(steps()) === before) await wait(5)
    await Promise.race([countChanges([run, checkpoints], moments[kill]!), life.ended])
    life.kill('SIGKILL')
    expect((await life.ended).code, `life ${kill} was over before it was killed`).toBe(null)
  }
  const end = String(Math.max(...steps().map(Number)) + 10)
  const [last, whole] = await Promise.all([
    gankit([...resume, '--steps', end], folder),
    gankit([...words, '--steps', end, '--out', 'whole'], folder),
  ])
  expect(last.err).not.toContain('damaged')
  const [{ weightsSha256, samplesSeen }, expected] = [JSON.parse(last.out), JSON.parse(whole.out)]
  expect(samplesSeen).toBe(8 * Number(end))
  expect(expected.samplesSeen).toBe(samplesSeen)
  expect(weightsSha256).toBe(expected.weightsSha256)
})

/** Resolves after so many changes in folders, of which those count that are there. */
function countChanges(folders: readonly string[], count: number): Promise<void> {
  return new Promise(resolve => {
    let seen = 0
    const watchers = folders.filter(existsSync).map(folder =>
      watch(folder, () => {
        if (++seen < count) return
        for (const watcher of watchers) watcher.close()
        resolve()
      }),
    )
  })
}
