import type { GankitError, Latent, Prior } from '@gankit/core'

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
  return { size, prior: latent.prior }
}

function isPrior(prior: Prior | undefined | null): prior is Prior {
  if (prior?.name === 'normal') return Number.isFinite(prior.mean) && Number.isFinite(prior.std)
  if (prior?.name === 'uniform') return Number.isFinite(prior.min) && Number.isFinite(prior.max)
  return false
}
