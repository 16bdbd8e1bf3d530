import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { main } from '../src/main.ts'
import { gankit, refusal } from './gankit.ts'
import { useProject } from './project.ts'

useProject('shared')

/** What a command prints on a terminal of so many columns. */
async function printed(columns: number, ...words: string[]): Promise<string> {
  const texts: string[] = []
  const stream = { isTTY: true, columns, rows: 24, write: (text: string) => texts.push(text) }
  await main(words, { out: stream as never, progress: stream as never, exitCode: 0 })
  return texts.join('')
}

test('gankit apps says what each app is, learns from, and how it is trained', async () => {
  const { out, code } = await gankit('apps', '--json')
  expect(code).toBe(0)
  const digits = JSON.parse(out).apps.find(({ name }: { name: string }) => name === 'mnist-digits')
  expect(digits).toMatchObject({ data: 'embedded', defaultPreset: 'quick', hasGenerator: true })
  expect(Object.keys(digits.presets)).toEqual(['quick', 'full', 'algorithm-1'])
  const text = (await gankit('apps')).out
  expect(text).toContain('quick (unless --preset says otherwise): readable digits')
  expect(text).toContain('npx gankit train mnist-digits')
})

test('gankit --help says what it is, names the apps and has three examples', async () => {
  const { out, code } = await gankit('--help')
  expect(code).toBe(0)
  expect(out).toContain('generative adversarial networks (GANs)')
  expect(out).toMatch(/Apps .*:\n(.*\n)* {2}mnist-digits\n/)
  expect(out.match(/^ {2}npx gankit .+\n {4}\S/gm)).toHaveLength(3)
})

test.each([40, 60, 80, 120])('help in %i columns breaks lines between words', async columns => {
  const wide = (await printed(10_000, 'train', '--help')).split(/\s+/)
  const text = await printed(columns, 'train', '--help')
  expect(text.split(/\s+/)).toEqual(wide)
  const tooLong = text.split('\n').filter(line => line.length > columns)
  // A word that is longer than a line can't be broken between words.
  expect(tooLong.filter(line => /\S\s+\S/.test(line.trim()) && !line.startsWith('  -'))).toEqual([])
})

test('a run is called by the beginning of its name or as the latest, and its list fits the terminal', async () => {
  const train = (seed: string) => gankit('train', 'tiny-points', '--steps', '3', '--seed', seed)
  await train('3')
  await train('4')
  const { runs } = JSON.parse((await gankit('runs', '--json')).out)
  expect(runs).toHaveLength(2)
  const latest = JSON.parse((await gankit('inspect', 'latest', '--json')).out)
  expect(latest.run).toBe(runs[0].run)
  const name = runs[1].run.split('/').at(-1)
  expect(JSON.parse((await gankit('inspect', `tiny-points/${name}`, '--json')).out).config.seed).toBe(3)
  const sampled = await gankit('sample', 'latest', '--count', '4', '--out', 'points.png')
  expect(sampled.out).toContain(`4 samples of runs/tiny-points/${runs[0].run.split('/').at(-1)}`)
  expect(await refusal('inspect', 'tiny')).toMatch(
    /'tiny' is the beginning of 2 runs, runs\/tiny-points\/\S+, /,
  )
  const resumed = await gankit('train', '--resume', 'latest', '--steps', '4')
  expect(resumed.err).toMatch(/Run {6}runs\/tiny-points\//)
  for (const columns of [60, 80, 110, 200]) {
    const lines = (await printed(columns, 'runs')).trimEnd().split('\n')
    expect(
      lines.filter(line => line.length > columns),
      String(columns),
    ).toEqual([])
  }
  expect(await printed(80, 'runs')).toMatch(/^run +.*steps +state +losses/)
  expect((await printed(40, 'runs')).split('\n')[1]).toMatch(/^ +4\/4 +done$/)
})

test('an app in a folder that no project names resumes a run of it by its path, done or not', async () => {
  mkdirSync('mine')
  const manifest = { name: 'mine', type: 'module', exports: './app.ts', gankit: { app: true } }
  writeFileSync('mine/package.json', JSON.stringify(manifest))
  const points = JSON.stringify(join(import.meta.dirname, 'apps/tiny-points/app.ts'))
  writeFileSync(
    'mine/app.ts',
    `import { app as points } from ${points}\nexport const app = { ...points, name: 'mine' }\n`,
  )
  const train = async (...words: string[]) => gankit('train', './mine', ...words, '--json')
  const first = await train('--steps', '2', '--out', 'of-mine')
  expect(first).toMatchObject({ code: 0 })
  const done = await train('--resume', 'of-mine')
  expect(done).toMatchObject({ code: 0 })
  expect(JSON.parse(done.out).weightsSha256).toBe(JSON.parse(first.out).weightsSha256)
  expect(JSON.parse((await train('--resume', 'of-mine', '--steps', '3')).out)).toMatchObject({ steps: 3 })
})
