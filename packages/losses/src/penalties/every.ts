import { checkOption } from '../option.ts'

export interface Every {
  /**
   * Steps from one with the penalty to the next, a whole number from 1: it then weighs as many times as much (Karras et
   * al. 2020, arXiv 1912.04958, appendix B). Default 1.
   */
  readonly every?: number
}

/** @throws GankitError unless it is a whole number from 1 */
export function checkEvery(penalty: string, every: number): void {
  checkOption(`${penalty} every`, every, Number.isSafeInteger(every) && every >= 1, 'a whole number from 1')
}
