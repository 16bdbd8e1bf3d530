import { type Condition, conditionSize, type GankitError, type Latent, type Prior } from '@gankit/core'

/**
 * The latent that a saved model names in its metadata, `{ gankit: { latent } }`; undefined where it names none.
 * @param size of the generator's input
 * @param wrong makes the error from what was got and what was expected
 */
export function latentOf(
  metadata: unknown,
  size: number,
  wrong: (got: string, expected: string) => GankitError,
): Latent | undefined {
  const latent = (metadata as { gankit?: { latent?: Partial<Latent> | null } } | undefined)?.gankit?.latent
  if (latent === undefined) return undefined
  if (latent?.size !== size)
    throw wrong(
      `names a latent of size ${JSON.stringify(latent?.size)}`,
      `${size}, as its generator's input has`,
    )
  if (!isPrior(latent.prior))
    throw wrong(`names a latent prior ${JSON.stringify(latent.prior)}`, 'a normal or a uniform one')
  const { prior, conditions } = latent
  if (conditions === undefined) return { size, prior }
  if (!Array.isArray(conditions) || !conditions.every(isCondition) || conditionSize({ conditions }) >= size)
    throw wrong(
      `names conditions ${JSON.stringify(conditions)}`,
      'names with two values or more, and room for noise',
    )
  return { size, prior, conditions }
}

function isPrior(prior: Prior | undefined | null): prior is Prior {
  if (prior?.name === 'normal') return Number.isFinite(prior.mean) && Number.isFinite(prior.std)
  if (prior?.name === 'uniform') return Number.isFinite(prior.min) && Number.isFinite(prior.max)
  return false
}

function isCondition(condition: Condition | undefined | null): boolean {
  const { name, values, shares } = condition ?? {}
  return (
    typeof name === 'string' &&
    Array.isArray(values) &&
    values.length > 1 &&
    values.every(value => typeof value === 'string') &&
    (shares === undefined ||
      (Array.isArray(shares) && shares.length === values.length && shares.every(Number.isFinite)))
  )
}
