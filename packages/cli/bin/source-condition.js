/** A resolve hook: packages of this checkout are taken from their sources. */
export function resolve(specifier, context, next) {
  if (!specifier.startsWith('@gankit/')) return next(specifier, context)
  return next(specifier, { ...context, conditions: [...context.conditions, '@gankit/source'] })
}
