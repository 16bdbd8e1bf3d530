import { expect, test } from 'vitest'
import { configTable, splitConfig } from '../../src/report/config-table.ts'

test('objects are parts, what is in them is named by the way there', () => {
  const parts = splitConfig({
    seed: 0,
    flip: true,
    model: { hidden: [256, 128], generator: { batchNorm: null, learningRate: 0.002, options: {} } },
    penalties: [{ name: 'r1', weight: 10 }],
    empty: [],
  })
  expect(parts).toEqual([
    {
      name: 'run',
      rows: [
        ['seed', '0'],
        ['flip', 'yes'],
        ['empty', 'none'],
      ],
    },
    {
      name: 'model',
      rows: [
        ['hidden', '256, 128'],
        ['generator › batch norm', 'none'],
        ['generator › learning rate', '0.002'],
        ['generator › options', 'none'],
      ],
    },
    {
      name: 'penalties',
      rows: [
        ['0 › name', 'r1'],
        ['0 › weight', '10'],
      ],
    },
  ])
})

test('text is text', () => {
  const html = configTable({ '<b>': '<img src=x onerror=alert(1)>' })
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(html).not.toMatch(/<b>|<img/)
})
