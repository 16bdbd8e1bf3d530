import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalog } from '../../src/apps/catalog.ts'
import { findFacts } from '../../src/generators/facts.ts'
import { generatorsEn } from '../../src/generators/text-en.ts'
import { generatorsZh } from '../../src/generators/text-zh.ts'

const all = catalog.flatMap(({ name, generators }) => generators.map(each => [name, each.name] as const))

describe('what is said of the generators', () => {
  it.each(all)('%s, %s: stands in the README of the app', (app, generator) => {
    const { preset, count, data, command } = findFacts(app, generator)!
    const readme = readFileSync(new URL(`../../../../apps/${app}/README.md`, import.meta.url), 'utf8')
    const rest = readme
      .slice(readme.indexOf('comes with it'))
      .concat(readme.slice(readme.indexOf('come with it')))
    expect(rest).toContain(`preset \`${preset}\``)
    expect(rest).toContain(count.toLocaleString('en'))
    if (command) expect(rest).toContain(command)
    if (data === 'mnist') expect(rest).toContain('MNIST')
    else expect(rest).toContain('Personas by Draftbit, CC BY 4.0')
  })

  it('every attribute and value of the faces has a Chinese name', () => {
    const model = new URL('../../../../apps/face-generation/generator/model.json', import.meta.url)
    const { gankit } = JSON.parse(readFileSync(model, 'utf8')).userDefinedMetadata
    for (const { name, values } of gankit.condition.attributes) {
      expect(generatorsZh.names.attributes[name]).toBeTruthy()
      for (const value of values) expect(generatorsZh.names.values[value], value).toBeTruthy()
    }
  })

  it('counts and names come into the words of both languages', () => {
    for (const { names } of [generatorsEn, generatorsZh])
      for (const say of Object.values(names.data)) expect(say('12,345')).toContain('12,345')
  })
})
