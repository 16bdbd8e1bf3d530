/** Values of `hair` that leave none to be seen. */
const hairless: ReadonlySet<string | undefined> = new Set(['bald', 'cap', 'beanie'])

/** The traits of a face that can't be seen: eyes behind sunglasses, and the color of hair that isn't there. */
export function hideUnseen(
  values: Readonly<Record<string, string>>,
  named: ReadonlySet<string>,
): readonly string[] {
  const hidden: string[] = []
  if (values['glasses'] === 'sunglasses') hidden.push('eyes')
  // Beards have the color too, which is then said with them.
  const isBearded = values['facial-hair'] !== 'none' && named.has('facial-hair')
  if (values['hair-color'] === 'none' || (hairless.has(values['hair']) && !isBearded))
    hidden.push('hair-color')
  return hidden
}
