/**
 * Makes real digits worse in four ways and measures what each figure makes of it: writes tables into
 * docs/metrics-curves.md, between their marks, and the plot into docs/images. --count 1500: real digits, and as many others;
 * --splits 5: more floors.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { selectBackend } from '@gankit/runtime/node'
import { digitFeatures, type NeighbourFigures, neighbourFigures, pixels } from '../src/index.ts'
import { degradationNames, degradations, untouched } from './sanity/degradations.ts'
import { allDigits, parted } from './sanity/digits.ts'
import { type Figures, figuresOf, referenceOf, seen } from './sanity/figures.ts'
import { curvesSvg } from './sanity/plot.ts'
import { type Curves, neighboursTable, tableOf } from './sanity/table.ts'
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

const floors: Figures[] = []
for (let seed = 1; seed <= Number(flags.splits); seed++) {
  const { real, rest } = parted(digits, count, seed)
  floors.push(await figuresOf(await referenceOf(real, extractor), untouched(rest, count), extractor))
}

const { real, rest } = parted(digits, count, 0)
const reference = await referenceOf(real, extractor)
const none = await figuresOf(reference, untouched(rest, count), extractor)
const points: Curves['points'][number][] = []
for (const name of degradationNames)
  for (const level of degradations[name].levels)
    points.push({
      name,
      level,
      figures: await figuresOf(reference, degradations[name].at(rest, level, count), extractor),
    })
const collapse = await figuresOf(reference, collapsed(untouched(rest, count), 0.05), extractor)
extractor.dispose()

const onPixels: Record<string, NeighbourFigures> = {}
const realPixels = await seen(real, pixels())
for (const [name, levels] of [['noise', [0, 0.2, 0.5, 0.8]] as const, ['blur', [0.5, 1, 2]] as const])
  for (const level of levels)
    onPixels[level === 0 ? 'real' : `${name} ${level}`] = await neighbourFigures(
      realPixels,
      await seen(degradations[name].at(rest, level, count), pixels()),
    )

const curves: Curves = { floors, none, points, collapse }
const between = (text: string, mark: string, body: string) => {
  const [open, close] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`]
  return `${text.slice(0, text.indexOf(open))}${open}\n\n${body}\n\n${text.slice(text.indexOf(close))}`
}
const measured = between(readFileSync(page, 'utf8'), 'measured', tableOf(curves))
writeFileSync(page, between(measured, 'on pixels', neighboursTable(onPixels)))
writeFileSync(plot, curvesSvg(curves))
process.stdout.write(`${tableOf(curves)}\n\n${neighboursTable(onPixels)}\n`)
