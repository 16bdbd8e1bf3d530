import {
  type Attribute,
  type Batch,
  type ConditionAttribute,
  type Dataset,
  disposeBatch,
  GankitError,
  mapBatches,
} from '@gankit/core'

/** The name of the attribute that stands for a dataset's labels. */
const labelAttribute = 'class'

/** An attribute, and the column of a batch's attributes that holds it; without a column the labels hold it. */
interface SelectedAttribute {
  readonly attribute: Attribute
  readonly column?: number
}

/**
 * A dataset whose batches have these attributes and no others, in this order, as conditions of a generator. 'class' stands
 * for the labels.
 * @throws GankitError for a name that the dataset doesn't have; it lists the names that the dataset has
 */
export function withAttributes(dataset: Dataset, names: readonly string[]): Dataset {
  const { attributes = [], classes } = dataset
  const selected = names.map((name): SelectedAttribute => {
    const column = attributes.findIndex(attribute => attribute.name === name)
    if (column >= 0) return { attribute: attributes[column]!, column }
    if (name === labelAttribute && classes) return { attribute: { name, values: classes } }
    const known = [...attributes.map(attribute => attribute.name), ...(classes ? [labelAttribute] : [])]
    throw new GankitError(
      'datasets',
      'option',
      `attribute is '${name}', expected one of: ${known.join(', ') || 'none, as the data have no attributes'}`,
      { option: 'attribute' },
    )
  })
  return {
    ...dataset,
    attributes: selected.map(({ attribute }) => attribute),
    batches: options =>
      mapBatches(dataset.batches(options), batch => selectFromBatch(batch, selected, attributes.length)),
    ...(dataset.select && { select: indices => withAttributes(dataset.select!(indices), names) }),
  }
}

/**
 * Lists every attribute of a dataset as a condition: its values and the share of each among the samples.
 * @param maxSamples how many samples are read to count values. Default 5,000
 */
export async function listConditions(
  dataset: Dataset,
  maxSamples = 5000,
): Promise<readonly ConditionAttribute[]> {
  const { attributes = [], size } = dataset
  const counts = attributes.map(({ values }) => new Float64Array(values.length))
  const batches = dataset.batches({ size: 100, epochs: 1, dropLast: false })
  let seen = 0
  for await (const batch of batches) {
    const count = batch.samples.shape[0]!
    disposeBatch(batch)
    for (let i = 0; i < count; i++, seen++)
      for (const [a, counted] of counts.entries()) counted[batch.attributes![i * counts.length + a]!]! += 1
    if (seen >= Math.min(maxSamples, size)) break
  }
  return attributes.map(({ name, values }, a) => ({
    name,
    values,
    shares: Array.from(counts[a]!, count => count / seen),
  }))
}

function selectFromBatch(batch: Batch, selected: readonly SelectedAttribute[], width: number): Batch {
  const count = batch.samples.shape[0]!
  const attributes = new Uint8Array(count * selected.length)
  for (let i = 0; i < count; i++)
    for (const [s, { column }] of selected.entries())
      attributes[i * selected.length + s] =
        column === undefined ? batch.labels![i]! : batch.attributes![i * width + column]!
  return { ...batch, attributes }
}
