import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gankit } from '../gankit.ts'
import { useProject } from '../project.ts'
import { config, events, writeRun } from './run-files.ts'

// A run may come from somebody else: whatever its files hold, it is shown as far as it can be, in text that a terminal
// shows and does not obey.

useProject()

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

/** Values that somebody may put in the place of any other, as they stand in JSON. */
const odd = [
  'null',
  '-1',
  '1e308',
  '9007199254740993',
  '"text"',
  '[null]',
  '{"length":1e9,"toString":1,"__proto__":null}',
  nested(20_000),
]

/** JSON of a value with each part of it replaced by a text in turn. */
function* replaceParts(value: unknown, replacement: string): Generator<string> {
  yield replacement
  if (typeof value !== 'object' || value === null) return
  const entries = Object.entries(value)
  for (const [i, [, content]] of entries.entries())
    for (const replaced of replaceParts(content, replacement)) {
      const texts = entries.map(([key, other], j) => [key, i === j ? replaced : JSON.stringify(other)])
      yield Array.isArray(value)
        ? `[${texts.map(([, text]) => text).join(',')}]`
        : `{${texts.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`
    }
}

/** Expects a command to end well or with one line, never as a fault. */
async function expectNoFault(...words: string[]): Promise<string> {
  const { code, out, err } = await gankit(...words)
  expect([0, 2], err).toContain(code)
  expect(err).not.toContain('fault of gankit')
  expect(err.trimEnd()).not.toContain('\n')
  return out + err
}

describe('each part of what a run says, replaced by something odd', () => {
  test.each(odd.map(text => [text.length > 99 ? 'nested 20,000 deep' : text, text]))(
    '%s',
    async (_, text) => {
      const good = writeRun('runs/points/good')
      const configs = [...replaceParts(config, text)]
      for (const [i, content] of configs.entries()) writeRun(`runs/config/${i}`, { config: content })
      // All events in one run: what doesn't fit is passed over, line by line.
      const lines = [...events.flatMap(event => [...replaceParts(event, text)])]
      const all = writeRun('runs/points/all', { events: lines.join('\n') })
      const { runs, skipped } = JSON.parse(await expectNoFault('runs', '--json'))
      expect(runs.length + skipped.length).toBe(2 + configs.length)
      for (const run of [good, all])
        expect(runs.map((each: { run: string }) => relative('', each.run))).toContain(run)
      expect(await expectNoFault('inspect', all, '--out', 'all.html')).toContain(
        "events.jsonl that can't be read",
      )
      for (let i = 0; i < configs.length; i += 20)
        await expectNoFault('inspect', `runs/config/${i}`, '--out', 'a.html')
    },
  )
})

test('files of a run that are something else lose no list, and are not waited for', async () => {
  const good = writeRun('runs/points/good')
  const place = (run: string, file: string, make: (path: string) => void) => {
    const path = join(writeRun(`runs/odd/${run}`), file)
    rmSync(path, { recursive: true, force: true })
    make(path)
  }
  const pipe = (path: string) => void execFileSync('mkfifo', [path])
  place('a', 'config.json', pipe)
  place('b', 'config.json', path => symlinkSync('/dev/zero', path))
  place('c', 'config.json', path => mkdirSync(path))
  place('d', 'events.jsonl', pipe)
  place('e', 'events.jsonl', path => symlinkSync('/dev/zero', path))
  place('f', 'events.jsonl', path => mkdirSync(path))
  place('g', 'run.lock', pipe)
  place('h', 'run.lock', path => symlinkSync('/dev/zero', path))
  place('i', 'samples', path => symlinkSync('/', path))
  place('j', 'samples', pipe)
  for (const name of ['9999-99-99T99-99-99-0', '2025-01-01T99-00-00-x']) writeRun(`runs/odd/${name}`)
  mkdirSync(join(good, 'samples/000030.png'))
  mkdirSync(join(good, 'samples/99999999999999999999999.png'))
  const { runs, skipped } = JSON.parse(await expectNoFault('runs', '--json'))
  expect(skipped.map(({ path }: { path: string }) => path).sort()).toEqual(
    ['a', 'b', 'c', 'd', 'e', 'f'].map(name => `runs/odd/${name}`),
  )
  expect(runs).toHaveLength(7)
  for (const run of ['runs/points/good', 'runs/odd/g', 'runs/odd/i', 'runs/odd/9999-99-99T99-99-99-0'])
    expect(await expectNoFault('inspect', run, '--out', 'a.html')).toContain('mnist-digits')
})

const hostile = '\x1b[31mred\x1b]0;title\x07\x9b2J\x7f\r\u202egnp.exe\u2066\u2028\x00\x08'
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const obeyed = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]/

test('no control character of a run, a lock, a file or an error reaches the terminal', async () => {
  const inject = (value: unknown): unknown =>
    typeof value === 'string' &&
    ![
      'start',
      'step',
      'metrics',
      'rollback',
      'finding',
      'warning',
      'end',
      'less',
      'stopped',
      'checkpoint',
    ].includes(value)
      ? `${value}${hostile}\nsecond line`
      : typeof value === 'object' && value !== null
        ? Array.isArray(value)
          ? value.map(inject)
          : Object.fromEntries(
              Object.entries(value).map(([key, each]) => [
                key.includes('/') ? key + hostile : key,
                inject(each),
              ]),
            )
        : value
  const { app, preset, data, ...rest } = config
  const run = writeRun('runs/points/one', {
    config: JSON.stringify({
      ...rest,
      ...(inject({ app, preset, data }) as object),
      dataOptions: { style: hostile },
    }),
    events: events.map(event => `${JSON.stringify(inject(event))}\n`).join(''),
  })
  const lock = { host: `host${hostile}`, process: 7, started: 5 }
  writeFileSync(join(run, 'run.lock'), JSON.stringify(lock))
  const named = writeRun(`runs/points/${hostile.replaceAll('\0', '')}`)
  const said = [
    await gankit('runs'),
    await gankit('inspect', run, '--out', 'a.html'),
    await gankit('inspect', named, '--out', 'a.html'),
    await gankit('train', '--resume', run),
    await gankit('train', hostile),
    await gankit('inspect', `none${hostile}`),
    await gankit('sample', run, '--out', 'a.png'),
    await gankit('summary', run),
    await gankit(`command${hostile}`),
  ]
  for (const { out, err } of said) expect(`${out}${err}`).not.toMatch(obeyed)
  expect(said[0]!.out).toContain('mnist-digits␛[31mred␛]0;title␇�2J␡')
  // A line of somebody else's is none of the table.
  expect(said[0]!.out.trimEnd().split('\n')).toHaveLength(3)
  expect(said[1]!.out).toContain('What happened')
})

test('JSON of a run has every control character as its number, and reads back as it was', async () => {
  const run = writeRun('runs/points/one', {
    events: `${JSON.stringify({ type: 'warning', step: 1, message: hostile })}\n`,
  })
  const { out } = await gankit('inspect', run, '--json', '--out', 'a.html')
  expect(out).not.toMatch(obeyed)
  expect(JSON.parse(out).warnings).toEqual([{ type: 'warning', step: 1, message: hostile }])
})
