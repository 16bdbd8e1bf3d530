import type { generatorsEn } from './text-en.ts'

/** 用生成器绘制所用的文字。 */
export const generatorsZh: typeof generatorsEn = {
  loading: '载入生成器……',
}
