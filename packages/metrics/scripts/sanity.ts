/**
 * Makes real digits worse in four ways and measures what each metric makes of it: writes tables into
 * docs/metrics-curves.md, between their marks, and the plot into docs/images. --count 1500: real digits, and as many others;
 * --splits 5: more floors.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { selectBackend } from '@gankit/runtime/node'
import { digitFeatures, type NeighborMetrics, neighborMetrics, pixels } from '../src/index.ts'
import { degradationNames, degradations, untouched } from './sanity/degradations.ts'
import { allDigits, divide } from './sanity/digits.ts'
import { createReference, extractDigits, type MetricValues, measureMetrics } from './sanity/metrics.ts'
import { curvesSvg } from './sanity/plot.ts'
import { type Curves, formatNeighborsTable, formatTable } from './sanity/table.ts'
import { collapsed } from './sanity/worsen.ts'

const page = new URL('../../../docs/metrics-curves.md', import.meta.url)
const plot = new URL('../../../docs/images/metrics-curves.svg', import.meta.url)

const { values: flags } = parseArgs({
  options: { count: { type: 'string', default: '1500' }, splits: { type: 'string', default: '5' } },
})
const count = Number(flags.count)

const { backend } = await selectBackend({ backend: 'wasm' })
process.stdout.write(`${backend}, ${count} digits against ${count}\n`)
const digits = await allDigits()
const extractor = await digitFeatures()

const floors: MetricValues[] = []
for (let seed = 1; seed <= Number(flags.splits); seed++) {
  const { real, rest } = divide(digits, count, seed)
  floors.push(await measureMetrics(await createReference(real, extractor), untouched(rest, count), extractor))
}

const { real, rest } = divide(digits, count, 0)
const reference = await createReference(real, extractor)
const none = await measureMetrics(reference, untouched(rest, count), extractor)
const points: Curves['points'][number][] = []
for (const name of degradationNames)
  for (const level of degradations[name].levels)
    points.push({
      name,
      level,
      metrics: await measureMetrics(reference, degradations[name].at(rest, level, count), extractor),
    })
const collapse = await measureMetrics(reference, collapsed(untouched(rest, count), 0.05), extractor)
extractor.dispose()

const onPixels: Record<string, NeighborMetrics> = {}
const realPixels = await extractDigits(real, pixels())
for (const [name, levels] of [['noise', [0, 0.2, 0.5, 0.8]] as const, ['blur', [0.5, 1, 2]] as const])
  for (const level of levels)
    onPixels[level === 0 ? 'real' : `${name} ${level}`] = await neighborMetrics(
      realPixels,
      await extractDigits(degradations[name].at(rest, level, count), pixels()),
    )

const curves: Curves = { floors, none, points, collapse }
const between = (text: string, mark: string, body: string) => {
  const [open, close] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`]
  return `${text.slice(0, text.indexOf(open))}${open}\n\n${body}\n\n${text.slice(text.indexOf(close))}`
}
const measured = between(readFileSync(page, 'utf8'), 'measured', formatTable(curves))
writeFileSync(page, between(measured, 'on pixels', formatNeighborsTable(onPixels)))
writeFileSync(plot, curvesSvg(curves))
process.stdout.write(`${formatTable(curves)}\n\n${formatNeighborsTable(onPixels)}\n`)
