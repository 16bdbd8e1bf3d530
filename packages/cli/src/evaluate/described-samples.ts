import { type Attribute, type Dataset, disposeBatch, randomStream } from '@gankit/core'
import { type Description, describeSample, findHeldOutPair, type Grammar, nameValues } from '@gankit/datasets'
import { anyValue, type Images } from '@gankit/metrics'

/** How often a sample is described anew, until its caption names a held-out pair. */
const maxTries = 500

/** Samples, what is said of them, and which value of each attribute that means. */
export interface DescribedSamples {
  readonly captions: readonly string[]
  /** [count, attributes], `anyValue` for what a caption doesn't name. */
  readonly codes: Uint8Array
  /** The samples themselves, in this order. */
  real(): Images
}

/** Describes the first samples, `maxSamples` at most, each by one of the grammars in turn. */
export async function describeSamples(
  dataset: Dataset,
  grammars: readonly Grammar[],
  maxSamples: number,
): Promise<DescribedSamples> {
  const attributes = dataset.attributes!
  const rows = await readCodes(dataset, maxSamples)
  const random = randomStream(0, 'evaluate/captions')
  return toDescribed(
    dataset,
    attributes,
    rows,
    rows.map((row, i) =>
      describeSample(grammars[i % grammars.length]!, nameValues(attributes, row.codes, 0), random),
    ),
  )
}

/** Samples with a held-out pair, in captions that name it; only the pair is asked for. Undefined where there is none. */
export async function describeUnseen(
  all: Dataset,
  grammars: readonly Grammar[],
  maxSamples: number,
): Promise<DescribedSamples | undefined> {
  const attributes = all.attributes!
  const random = randomStream(0, 'evaluate/captions/unseen')
  const rows: Row[] = []
  const said: Description[] = []
  for (const row of await readCodes(all)) {
    const values = nameValues(attributes, row.codes, 0)
    const pair = findHeldOutPair(values)
    if (!pair) continue
    if (rows.length === maxSamples) break
    const grammar = grammars[rows.length % grammars.length]!
    const names = Object.keys(pair)
    for (let tries = 0; tries < maxTries; tries++) {
      const { text, named } = describeSample(grammar, values, random)
      if (!names.every(name => named.includes(name))) continue
      rows.push(row)
      said.push({ text, named: names })
      break
    }
  }
  return rows.length > 0 ? toDescribed(all, attributes, rows, said) : undefined
}

interface Row {
  readonly index: number
  readonly codes: Uint8Array
}

/** The codes of the first samples, in order. */
async function readCodes(dataset: Dataset, max = Number.POSITIVE_INFINITY): Promise<Row[]> {
  const width = dataset.attributes!.length
  const rows: Row[] = []
  for await (const batch of dataset.batches({
    size: 500,
    shuffle: false,
    epochs: 1,
    dropLast: false,
    augment: {},
  })) {
    for (let at = 0; at < batch.attributes!.length; at += width)
      rows.push({ index: rows.length, codes: batch.attributes!.slice(at, at + width) })
    disposeBatch(batch)
    if (rows.length >= max) break
  }
  return rows.slice(0, max)
}

function toDescribed(
  dataset: Dataset,
  attributes: readonly Attribute[],
  rows: readonly Row[],
  said: readonly Description[],
): DescribedSamples {
  const codes = said.flatMap(({ named }, i) =>
    attributes.map(({ name }, a) => (named.includes(name) ? rows[i]!.codes[a]! : anyValue)),
  )
  const chosen = dataset.select!(Uint32Array.from(rows, ({ index }) => index))
  return {
    captions: said.map(({ text }) => text),
    codes: Uint8Array.from(codes),
    real: () => readInOrder(chosen),
  }
}

async function* readInOrder(dataset: Dataset): Images {
  for await (const { samples, condition } of dataset.batches({
    size: 100,
    shuffle: false,
    epochs: 1,
    dropLast: false,
    augment: {},
  })) {
    condition?.dispose()
    yield samples
  }
}
