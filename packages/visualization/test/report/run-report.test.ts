import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { encodePng } from '../../src/index.ts'
import { type RunReport, runReport } from '../../src/node.ts'

const png = (level: number) =>
  encodePng({ width: 3, height: 2, channels: 1, data: new Uint8Array(6).fill(level) })
const evil = '<script>alert("1")</script><!-- <script> -->'
const report: RunReport = {
  title: evil,
  subtitle: evil,
  state: { name: 'done', why: evil },
  summary: [{ name: evil, value: evil, note: evil }],
  config: { [evil]: evil, nested: { [evil]: [evil] } },
  curves: [
    {
      title: evil,
      note: evil,
      series: [{ name: evil, x: [0, 50], y: [0.123456789, Number.NaN] }],
      levels: [{ name: evil, y: 1 }],
    },
  ],
  grids: [
    { step: 0, png: png(0) },
    { step: 50, png: png(255) },
  ],
  realSamples: png(100),
  gridsNote: evil,
  findings: [{ kind: 'finding', step: 20, title: evil, evidence: evil, advice: evil }],
  commands: [{ purpose: evil, command: evil }],
}

const scriptsOf = (html: string) =>
  [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes, text]) => ({
    attributes: attributes!.trim(),
    text: text!,
  }))

test('all text is text: only the scripts of the page are scripts', async () => {
  const html = await runReport(report)
  expect(scriptsOf(html).map(({ attributes }) => attributes)).toEqual([
    'type="application/json" id="run-data"',
    '',
    'type="module"',
    'type="module"',
    'type="module"',
  ])
  expect(html).not.toContain('<script>alert')
  expect(html).not.toContain('<!--')
  expect(html.match(/&lt;script&gt;alert\(&quot;1&quot;\)/g)!.length).toBeGreaterThan(12)
})

test('the policy allows these scripts alone, and nothing from the network', async () => {
  const html = await runReport(report)
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)!
  const hashes = scriptsOf(html)
    .filter(({ attributes }) => !attributes.includes('json'))
    .map(({ text }) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain(`script-src ${hashes.join(' ')};`)
  expect(html.match(/(?:src|href)="(?!data:image\/png;base64,|#)/g)).toBeNull()
  expect(html).not.toMatch(/@import|url\(/)
})

test('its data are those that were given', async () => {
  const html = await runReport(report)
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">/)
  const data = JSON.parse(scriptsOf(html)[0]!.text)
  expect(data.charts[0].series).toEqual([{ name: evil, x: [0, 50], y: [0.123457, null] }])
  expect(data.incidents).toEqual([{ kind: 'finding', step: 20 }])
  for (const [i, { step, source }] of data.grids.entries()) {
    expect(step).toBe(report.grids[i]!.step)
    expect(Buffer.from(source.split(',')[1], 'base64')).toEqual(Buffer.from(report.grids[i]!.png))
  }
  // 20 of 50 steps.
  expect(html).toMatch(/class="mark finding"[^>]*left:40\.00%/)
  expect(html).toContain('Permission is hereby granted, free of charge')
})

test('a run without anything is a report all the same', async () => {
  const html = await runReport({
    title: 'new',
    summary: [],
    config: {},
    curves: [],
    grids: [],
    findings: [],
    commands: [],
  })
  expect(html).toContain('No samples were drawn yet.')
  expect(html).toContain('Nothing stood out')
})

test('a grid that is no PNG is refused', async () => {
  const grids = [{ step: 7, png: Buffer.from('GIF89a, and so on and so on') }]
  await expect(runReport({ ...report, grids })).rejects.toThrow(
    '[gankit/visualization] the grid of step 7 is no PNG',
  )
})

test('real samples stand beside those of the generator, and the configuration is folded', async () => {
  const html = await runReport(report)
  const { realSamples, ...without } = report
  const real = Buffer.from(realSamples!).toString('base64')
  expect(html).toMatch(/<figure class="fake">.*<figure class="real"><figcaption>Real samples<\/figcaption>/)
  expect(html).toContain(`<img src="data:image/png;base64,${real}" width="3" height="2" alt="Real samples">`)
  expect(html).toMatch(/<details><summary><h2>Configuration<\/h2><\/summary>\n<table class="config">/)
  expect(await runReport(without)).not.toMatch(/class="real"|Of the generator/)
})
