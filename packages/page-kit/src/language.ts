/** The languages of the pages. */
export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** The language of a browser that prefers these. */
export function preferredLanguage(preferred: readonly string[]): Language {
  const known = preferred.map(tag => tag.toLowerCase().split('-')[0])
  return known.find((tag): tag is Language => tag === 'zh' || tag === 'en') ?? 'en'
}
