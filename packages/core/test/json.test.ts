import { expect, test } from 'vitest'
import { parseJson } from '../src/index.ts'

test('JSON is read as JSON.parse reads it, unless it is nested without end', () => {
  const text = '{"a":[1,null,{"b":"c"}],"d":1e308}'
  expect(parseJson(text)).toEqual(JSON.parse(text))
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  expect(parseJson(nested(100))).toEqual(JSON.parse(nested(100)))
  for (const deep of [nested(102), nested(20_000), nested(1_000_000)])
    expect(() => parseJson(deep)).toThrow(SyntaxError)
  expect(() => parseJson('{')).toThrow(SyntaxError)
})
