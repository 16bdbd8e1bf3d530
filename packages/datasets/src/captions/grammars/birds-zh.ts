import { finishChinese, type Grammar } from '../grammar.ts'

const plumage = {
  red: ['红色', '鲜红色'],
  orange: ['橙色', '橙黄色'],
  yellow: ['黄色', '鲜黄色'],
  green: ['绿色', '翠绿色'],
  blue: ['蓝色'],
  violet: ['紫色'],
  brown: ['棕色', '褐色'],
  black: ['黑色'],
  white: ['白色'],
  gray: ['灰色'],
}

const shades = { black: ['黑色'], orange: ['橙色'], yellow: ['黄色'], gray: ['灰色'], red: ['红色'] }

/** Birds in Chinese. */
export const birdsChinese: Grammar = {
  name: 'birds-zh',
  traits: {
    body: { words: plumage, nouns: ['{}的身体'], clauses: ['身体是{}的'], slot: ['{}'] },
    wing: { words: plumage, nouns: ['{}的翅膀', '{}翅膀', '一对{}的翅膀'], clauses: ['翅膀是{}的'] },
    belly: { words: plumage, nouns: ['{}的肚子', '{}腹部', '{}肚皮'], clauses: ['肚子是{}的', '腹部是{}的'] },
    crown: { words: plumage, nouns: ['{}的头顶', '{}头顶'], clauses: ['头顶是{}的'] },
    tail: {
      nouns: {
        short: ['短尾巴', '短短的尾巴', '一条短尾巴'],
        long: ['长尾巴', '长长的尾巴', '一条长尾巴'],
        forked: ['分叉的尾巴', '一条分叉的尾巴'],
      },
      clauses: {
        short: ['尾巴短短的', '尾巴很短'],
        long: ['尾巴长长的', '尾巴很长'],
        forked: ['尾巴分叉', '尾巴是分叉的'],
      },
    },
    'eye-ring': {
      words: { white: ['白色'], yellow: ['黄色'], red: ['红色'] },
      nouns: { white: ['{}眼圈', '{}的眼圈'], yellow: ['{}眼圈', '{}的眼圈'], red: ['{}眼圈', '{}的眼圈'] },
      clauses: { none: ['没有眼圈'], white: ['眼圈是{}的'], yellow: ['眼圈是{}的'], red: ['眼圈是{}的'] },
      chances: { none: 0.25 },
    },
    beak: {
      nouns: {
        pointed: ['尖尖的[{beak-color}]喙', '一个尖尖的[{beak-color}]喙', '一张尖尖的[{beak-color}]嘴'],
        cone: ['圆锥形的[{beak-color}]喙', '一个圆锥形的[{beak-color}]喙'],
        hooked: ['带钩的[{beak-color}]喙', '一个带钩的[{beak-color}]喙', '弯钩形的[{beak-color}]嘴'],
        long: ['长长的[{beak-color}]喙', '一个细长的[{beak-color}]喙', '一张长长的[{beak-color}]嘴'],
      },
      clauses: {
        pointed: ['长着尖尖的[{beak-color}]喙', '长着尖尖的[{beak-color}]嘴'],
        cone: ['长着圆锥形的[{beak-color}]喙'],
        hooked: ['长着带钩的[{beak-color}]喙', '长着弯钩形的[{beak-color}]嘴'],
        long: ['长着长长的[{beak-color}]喙', '长着细长的[{beak-color}]嘴'],
      },
    },
    'beak-color': { words: shades, nouns: ['{}的喙', '{}的嘴'], clauses: ['喙是{}的', '嘴是{}的'] },
    legs: { words: shades, nouns: ['{}的腿', '一双{}的脚', '{}双腿'], clauses: ['腿是{}的', '脚是{}的'] },
    background: {
      isLast: true,
      clauses: {
        sky: ['背景是天空', '背后是天空'],
        leaves: ['背景是树叶', '在树叶间'],
        snow: ['背景是雪地', '在雪地里'],
        dusk: ['背景是傍晚', '在暮色中'],
        sand: ['背景是沙地', '在沙地上'],
      },
    },
  },
  modifiers: { 'beak-color': ['beak'] },
  sentences: [
    {
      says: ['body'],
      weight: 5,
      alone: ['这只鸟是{body}的', '一只{body}的小鸟', '这是一只{body}的鸟'],
      nouns: [
        '这只{body}的小鸟有{nouns}',
        '这只充满活力的{body}小鸟有{nouns}',
        '一只{body}的鸟，有{nouns}',
        '这只鸟是{body}的，有{nouns}',
        '一只有{nouns}的{body}小鸟',
      ],
      clauses: [
        '这只鸟是{body}的，{clauses}',
        '一只{body}的小鸟，{clauses}',
        '这是一只{body}的鸟，{clauses}',
      ],
      both: [
        '这只{body}的小鸟有{nouns}，{clauses}',
        '这只鸟是{body}的，有{nouns}，{clauses}',
        '一只{body}的小鸟，有{nouns}，{clauses}',
      ],
    },
    {
      nouns: ['这只鸟有{nouns}', '一只有{nouns}的鸟', '一只鸟，有{nouns}'],
      clauses: ['这只鸟{clauses}', '一只鸟，{clauses}'],
      both: ['这只鸟有{nouns}，{clauses}', '一只鸟，有{nouns}，{clauses}'],
    },
  ],
  between: { nouns: ['、', '和'], clauses: ['，', '，'] },
  chance: 0.58,
  maxWords: 32,
  finish: finishChinese,
}
