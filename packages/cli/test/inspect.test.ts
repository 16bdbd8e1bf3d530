import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { main } from '../src/main.ts'
import { gankit } from './gankit.ts'
import { useProject } from './project.ts'

useProject()

const small = ['train', 'mnist-digits', '--batch', '16', '--latent', '8', '--seed', '1'] as const
const json = (out: string) => JSON.parse(out)

describe('gankit runs and inspect', () => {
  test('of a game that trained no D, nothing is said of one', async () => {
    const { run } = json((await gankit(...small, '--steps', '1', '--json')).out)
    expect((await gankit('inspect', run)).out).toMatch(/^optimizer +G .*, D /m)
    const events = join(run, 'events.jsonl')
    writeFileSync(events, readFileSync(events, 'utf8').replaceAll('"discriminator/', '"segmenter/'))
    const { out } = await gankit('inspect', run)
    expect(out).toMatch(/^training +batch 16, latent 8$/m)
    expect(out).toMatch(/^optimizer +G [^,]+$/m)
    expect(out).not.toContain('of D a step')
  })

  test('a run is listed, and inspected from its folder alone', async () => {
    const trained = await gankit(...small, '--steps', '4', '--json')
    expect(trained.code).toBe(0)
    const { run, scalars, samplesSeen } = json(trained.out)
    const [lossD, lossG] = [scalars['discriminator/loss'], scalars['generator/loss']]

    const listed = await gankit('runs', '--json')
    expect(json(listed.out)).toMatchObject({
      runs: [
        { run, app: 'mnist-digits', preset: 'quick', step: 4, steps: 4, samplesSeen, state: 'done', scalars },
      ],
      skipped: [],
    })
    const table = (await gankit('runs')).out.split('\n')
    expect(table).toHaveLength(3)
    expect(table[0]).toMatch(/^run +app +preset +when +steps +samples +state +losses +findings$/)
    expect(table[1]!.split(/ {2,}/).slice(1, 3)).toEqual(['mnist-digits', 'quick'])
    expect(table[1]!.split(/ {2,}/).slice(4)).toEqual([
      '4/4',
      '64',
      'done',
      `D ${lossD.toFixed(3)}, G ${lossG.toFixed(3)}`,
      '0',
    ])

    const { code, out, err } = await gankit('inspect', run)
    expect(err).toBe('')
    expect(code).toBe(0)
    for (const text of [
      'mnist-digits, preset quick, seed 1',
      '4 of 4, 64 samples',
      'loss',
      'D(x)',
      'gradient',
    ])
      expect(out).toContain(text)
    // Where nobody sees pictures, curves are numbers.
    expect(out).toMatch(new RegExp(`^ +first +last +least +greatest\\nD .* ${+lossD.toPrecision(3)} `, 'm'))
    expect(out).not.toMatch(/[⠀-⣿]/)
    const texts: string[] = []
    const terminal = {
      isTTY: true,
      columns: 80,
      write: (text: string | Uint8Array) => texts.push(String(text)),
    }
    await main(['inspect', run], { out: terminal as never, progress: terminal as never, exitCode: 0 })
    expect(texts.join('')).toContain(`D ${+lossD.toPrecision(3)}`)
    // The samples, as training showed them, in the colors of this terminal or in dots.
    expect(texts.join('')).toMatch(/Samples after step 4\n\S{14}/)
    const report = readFileSync(join(run, 'report.html'), 'utf8')
    expect(report).toMatch(/^<!doctype html>/)
    expect(report).toContain('<h1>Handwritten digits with a vanilla GAN</h1>')
    expect(report).toMatch(/<dt>Speed<\/dt><dd>[\d,.]+ images\/s<\/dd>/)
    const real = readFileSync(join(run, 'samples', 'real.png')).toString('base64')
    expect(report).toContain(`data:image/png;base64,${real}`)
    // A run without them, and one with something else in their place, has a report all the same.
    for (const content of [undefined, 'no picture']) {
      rmSync(join(run, 'samples', 'real.png'), { force: true })
      if (content !== undefined) writeFileSync(join(run, 'samples', 'real.png'), content)
      expect((await gankit('inspect', run)).code).toBe(0)
      expect(readFileSync(join(run, 'report.html'), 'utf8')).not.toContain('Real samples')
    }
  })

  test('--json prints the run as data, of its whole lines, and --out says where the report goes', async () => {
    const folder = process.cwd()
    await gankit(...small, '--steps', '3', '--out', 'run')
    const run = join(folder, 'run')
    const finding = { type: 'finding', step: 2, name: 'oscillation', evidence: 'it swings', advice: 'wait' }
    appendFileSync(
      join(run, 'events.jsonl'),
      `${JSON.stringify(finding)}\n{"type":"unheard of"}\n{"type":"step`,
    )
    rmSync(join(run, 'report.html'), { force: true })
    const { out, code } = await gankit('inspect', 'run', '--json', '--out', 'elsewhere/r.html')
    expect(code).toBe(0)
    const data = json(out)
    expect(data).toMatchObject({
      run,
      state: 'done',
      step: 3,
      steps: 3,
      samplesSeen: 48,
      findings: [finding],
      skippedLines: 2,
      checkpoints: [{ step: 3 }],
      samples: [{ step: 0 }, { step: 3, path: join(run, 'samples', '000003.png') }],
      report: join(folder, 'elsewhere', 'r.html'),
    })
    expect(data.config).toEqual(json(readFileSync(join(run, 'config.json'), 'utf8')))
    expect(Object.keys(data.curves)).toEqual([
      'discriminator/loss',
      'generator/loss',
      'discriminator/real',
      'discriminator/fake',
      'discriminator/gradient',
      'generator/gradient',
    ])
    expect(data.curves['discriminator/real'].last).toBeGreaterThan(0)
    expect(readFileSync(data.report, 'utf8')).toContain('it swings')
    expect(existsSync(join(run, 'report.html'))).toBe(false)
  })

  test('what is no run is told in one line, and nothing is written', async () => {
    const folder = process.cwd()
    mkdirSync(join(folder, 'pictures'))
    writeFileSync(join(folder, 'pictures', 'a.txt'), '')
    for (const [words, message] of [
      [
        ['inspect', 'pictures'],
        "[gankit/experiment] pictures holds no config.json, expected a run directory: 'gankit runs'",
      ],
      [['inspect', 'nowhere'], '[gankit/experiment] nowhere does not exist, expected a run directory'],
      [
        ['inspect', 'pictures', '--out', 'a.txt'],
        "'a.txt' is invalid. Expected a file name that ends in .html",
      ],
      [['runs', 'nowhere'], '[gankit/experiment] nowhere does not exist, expected a folder with runs'],
    ] as const) {
      const { code, out, err } = await gankit(...words)
      expect(err, words.join(' ')).toContain(message)
      expect(err.trim()).not.toContain('\n')
      expect([code, out]).toEqual([2, ''])
    }
    expect(existsSync(join(folder, 'pictures', 'report.html'))).toBe(false)
    expect((await gankit('runs')).out).toMatch(/^No runs in runs\. .*npx gankit train/)
    expect((await gankit('runs', 'pictures', '--json')).out).toBe('{"runs":[],"skipped":[]}\n')
  })
})
