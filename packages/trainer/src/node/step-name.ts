/** What files and folders of a step are called: '000500', so that their names sort as their steps do. */
export function stepName(step: number): string {
  return String(step).padStart(6, '0')
}
