/** The words of drawing with a generator, in English. */
export const generatorsEn = {
  loading: 'Loading the generator…',
}
