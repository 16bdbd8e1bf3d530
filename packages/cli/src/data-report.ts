import type { DataFindings, Occurrence } from './inspect-data.ts'

/** Findings for a person. */
export function tableOf(findings: DataFindings): string {
  const { spec, size, sampleShape, looked, classes, attributes, min, max, mean } = findings
  const { skipped, reasons, imagesPerSecond } = findings
  const lines = [
    `data     ${spec}`,
    `size     ${number(size)} samples of ${sampleShape.join('×')}${looked < size ? `, of which ${number(looked)} were looked at` : ''}`,
    `values   ${min.toFixed(3)} to ${max.toFixed(3)}, ${mean.toFixed(3)} on average`,
    `speed    ${number(imagesPerSecond)} samples/s`,
  ]
  if (classes) lines.push(`classes  ${shares(classes, looked)}`)
  for (const { name, values } of attributes ?? []) lines.push(`${name}`, `         ${shares(values, looked)}`)
  lines.push(`skipped  ${number(skipped)}`)
  for (const { name, count } of reasons.slice(0, 20)) lines.push(`         ${number(count)}: ${name}`)
  return `${lines.join('\n')}\n`
}

function shares(occurrences: readonly Occurrence[], of: number): string {
  return occurrences.map(({ name, count }) => `${name} ${((100 * count) / of).toFixed(1)}%`).join(', ')
}

const number = (value: number): string => value.toLocaleString('en')
