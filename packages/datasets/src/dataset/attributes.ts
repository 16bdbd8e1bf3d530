import {
  type Attribute,
  type Batch,
  type Condition,
  type Dataset,
  GankitError,
  mapBatches,
} from '@gankit/core'

/** The name under which a dataset's labels are an attribute. */
const ofLabels = 'class'

/** Where the codes of an attribute stand: in a column of a batch's attributes, or in its labels. */
interface Chosen {
  readonly attribute: Attribute
  readonly column?: number
}

/**
 * A dataset whose batches have these attributes and no others, in this order: what a generator can be asked for.
 * 'class' stands for the labels.
 * @throws GankitError for a name that the dataset does not have, which lists those that it has
 */
export function withAttributes(dataset: Dataset, names: readonly string[]): Dataset {
  const { attributes = [], classes } = dataset
  const chosen = names.map((name): Chosen => {
    const column = attributes.findIndex(attribute => attribute.name === name)
    if (column >= 0) return { attribute: attributes[column]!, column }
    if (name === ofLabels && classes) return { attribute: { name, values: classes } }
    const known = [...attributes.map(attribute => attribute.name), ...(classes ? [ofLabels] : [])]
    throw new GankitError(
      'datasets',
      'option',
      `attribute is '${name}', expected one of: ${known.join(', ') || 'none, as the data have no attributes'}`,
    )
  })
  return {
    ...dataset,
    attributes: chosen.map(({ attribute }) => attribute),
    batches: options =>
      mapBatches(dataset.batches(options), batch => chosenOf(batch, chosen, attributes.length)),
  }
}

/**
 * Every attribute of a dataset as a condition: its values, and how often each occurs.
 * @param among so many samples, which are read. Default 5,000, or all
 */
export async function conditionsOf(dataset: Dataset, among = 5000): Promise<readonly Condition[]> {
  const { attributes = [], size } = dataset
  const counts = attributes.map(({ values }) => new Float64Array(values.length))
  const batches = dataset.batches({ size: 100, epochs: 1, dropLast: false })
  let seen = 0
  for await (const { samples, attributes: codes = [] } of batches) {
    const [count] = samples.shape as [number]
    samples.dispose()
    for (let i = 0; i < count; i++, seen++)
      for (const [a, counted] of counts.entries()) counted[codes[i * counts.length + a]!]! += 1
    if (seen >= Math.min(among, size)) break
  }
  return attributes.map(({ name, values }, a) => ({
    name,
    values,
    shares: Array.from(counts[a]!, count => count / seen),
  }))
}

function chosenOf(batch: Batch, chosen: readonly Chosen[], width: number): Batch {
  const count = batch.samples.shape[0]!
  const codes = new Uint8Array(count * chosen.length)
  for (let i = 0; i < count; i++)
    for (const [c, { column }] of chosen.entries())
      codes[i * chosen.length + c] =
        column === undefined ? batch.labels![i]! : batch.attributes![i * width + column]!
  return { ...batch, attributes: codes }
}
