import { type Condition, conditionSize, GankitError, type Latent } from '@gankit/core'
import type { Attributes } from './names.ts'

/**
 * Makes latents ask for these values; what is not named stays as it was drawn.
 * @param latents [count, latent.size], changed in place
 * @throws GankitError for a generator that can't be asked, and unknown attributes and values
 */
export function askFor(latents: Float32Array, latent: Latent, attributes: Attributes): void {
  const { conditions = [], size } = latent
  if (conditions.length === 0)
    throw new GankitError(
      'cli',
      'option',
      'the generator can’t be asked for attributes: leave --attributes out, or train one with --conditional',
    )
  for (const [name, value] of Object.entries(attributes)) {
    const condition = named(conditions, name)
    const { values } = condition
    const code = values.indexOf(value)
    if (code < 0)
      throw new GankitError(
        'cli',
        'option',
        `--attributes: ${condition.name} is '${value}', expected one of: ${values.join(', ')}`,
      )
    const before = conditions.slice(0, conditions.indexOf(condition))
    const at = size - conditionSize(latent) + conditionSize({ conditions: before })
    for (let row = at; row < latents.length; row += size) {
      latents.fill(0, row, row + values.length)
      latents[row + code] = 1
    }
  }
}

/** The condition of that name, or the only one whose name begins with it: 'hair' for 'hair-color'. */
function named(conditions: readonly Condition[], name: string): Condition {
  const starting = conditions.filter(condition => condition.name.startsWith(name))
  const found =
    conditions.find(condition => condition.name === name) ?? (starting.length === 1 && starting[0])
  if (found) return found
  const known = conditions.map(({ name, values }) => `${name} (${values.join(', ')})`)
  throw new GankitError(
    'cli',
    'option',
    `--attributes names '${name}', expected some of: ${known.join('; ')}`,
  )
}
