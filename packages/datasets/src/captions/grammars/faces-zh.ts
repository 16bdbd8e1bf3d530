import { finishChinese, type Grammar } from '../grammar.ts'
import { hideUnseen } from './faces.ts'

/** The styles of hair as nouns, by the verb that goes with them. */
const styles: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  有着: {
    long: ['[{hair-color}]长发', '长长的[{hair-color}]头发'],
    'extra-long': ['[{hair-color}]超长发', '特别长的[{hair-color}]头发'],
    curly: ['[{hair-color}]卷发', '蓬松的[{hair-color}]卷发'],
    'curly-top': ['[{hair-color}]短卷发', '短短的[{hair-color}]卷发'],
    'side-shave': ['一侧剃短的[{hair-color}]头发', '半边剃短的[{hair-color}]头发'],
    balding: ['稀疏的[{hair-color}]头发', '所剩不多的[{hair-color}]头发'],
  },
  梳着: {
    bob: ['[{hair-color}]波波头', '[{hair-color}]波波短发'],
    'bob-bangs': ['带刘海的[{hair-color}]波波头', '[{hair-color}]刘海波波头'],
    'curly-bun': ['[{hair-color}]卷发髻', '[{hair-color}]卷发丸子头'],
    pigtails: ['[{hair-color}]双马尾', '两条[{hair-color}]辫子'],
    bun: ['[{hair-color}]丸子头', '[{hair-color}]发髻'],
    'bun-undercut': ['两侧剃短的[{hair-color}]丸子头', '两侧剃短的[{hair-color}]发髻'],
    combover: ['[{hair-color}]偏分短发', '[{hair-color}]偏分头'],
    chops: ['带鬓角的[{hair-color}]偏分短发', '带鬓角的[{hair-color}]偏分头'],
  },
  留着: {
    fade: ['[{hair-color}]渐变短发', '两侧渐短的[{hair-color}]短发'],
    mohawk: ['[{hair-color}]莫西干头', '[{hair-color}]莫西干发型'],
    buzzcut: ['[{hair-color}]寸头', '剃得很短的[{hair-color}]头发'],
    bald: ['光头'],
  },
  戴着: {
    cap: ['鸭舌帽', '棒球帽'],
    beanie: ['毛线帽', '针织帽'],
  },
}

/** Cartoon faces of the style personas in Chinese. */
export const facesChinese: Grammar = {
  name: 'faces-zh',
  traits: {
    hair: {
      nouns: Object.assign({}, ...Object.values(styles)),
      clauses: Object.fromEntries(
        Object.entries(styles).flatMap(([verb, values]) =>
          Object.entries(values).map(([value, nouns]) => [value, nouns.map(noun => `${verb}${noun}`)]),
        ),
      ),
      // Short ones, as in 戴墨镜的红色卷发.
      slot: {
        long: ['[{hair-color}]长发'],
        'extra-long': ['[{hair-color}]超长发'],
        curly: ['[{hair-color}]卷发'],
        'curly-top': ['[{hair-color}]短卷发'],
        bob: ['[{hair-color}]波波头'],
        'bob-bangs': ['[{hair-color}]刘海波波头'],
        'curly-bun': ['[{hair-color}]卷发丸子头'],
        pigtails: ['[{hair-color}]双马尾'],
        bun: ['[{hair-color}]丸子头'],
        combover: ['[{hair-color}]偏分头'],
        fade: ['[{hair-color}]渐变短发'],
        mohawk: ['[{hair-color}]莫西干头'],
        buzzcut: ['[{hair-color}]寸头'],
        bald: ['光头'],
      },
    },
    'hair-color': {
      words: {
        black: ['黑色'],
        brown: ['棕色', '褐色'],
        red: ['红色'],
        pink: ['粉色', '粉红色'],
        coral: ['珊瑚色'],
        ginger: ['橙色', '姜黄色'],
        silver: ['银色', '银白色'],
      },
      nouns: ['{}头发', '{}的头发'],
      clauses: ['头发是{}的', '有着{}的头发'],
    },
    skin: {
      words: {
        pale: ['白皙'],
        rose: ['粉嫩', '红润'],
        sand: ['米色', '沙色'],
        tan: ['小麦色'],
        copper: ['古铜色'],
        brown: ['棕色', '褐色'],
        dark: ['黝黑', '深色'],
      },
      nouns: ['{}的皮肤'],
      clauses: {
        pale: ['皮肤{}'],
        rose: ['皮肤{}'],
        sand: ['皮肤是{}的'],
        tan: ['皮肤是{}的'],
        copper: ['皮肤是{}的'],
        brown: ['皮肤是{}的'],
        dark: ['皮肤黝黑', '皮肤是深色的'],
      },
    },
    eyes: {
      nouns: {
        open: ['睁着的眼睛'],
        closed: ['闭着的眼睛', '紧闭的双眼'],
        wink: ['眨着的一只眼睛'],
        happy: ['弯弯的笑眼', '笑眯眯的眼睛'],
      },
      clauses: {
        open: ['睁着眼睛', '睁着双眼'],
        closed: ['闭着眼睛', '闭着双眼'],
        wink: ['眨着一只眼睛', '闭着一只眼睛'],
        happy: ['眼睛笑得弯弯的', '眼睛笑眯眯的'],
      },
      chances: { open: 0.35 },
    },
    glasses: {
      words: { none: ['眼镜'], glasses: ['眼镜'], sunglasses: ['墨镜', '太阳镜'] },
      nouns: { glasses: ['{}', '一副{}'], sunglasses: ['{}', '一副{}'] },
      clauses: {
        none: ['不戴{}', '没戴{}'],
        glasses: ['戴着{}', '戴着一副{}'],
        sunglasses: ['戴着{}', '戴着一副{}'],
      },
      slot: { glasses: ['戴{}', '戴着{}'], sunglasses: ['戴{}', '戴着{}'] },
      chances: { none: 0.3, glasses: 0.8, sunglasses: 0.8 },
    },
    nose: {
      nouns: {
        medium: ['中等大小的鼻子', '不大不小的鼻子'],
        small: ['小鼻子', '小小的鼻子', '小巧的鼻子'],
        wrinkled: ['皱皱的鼻子', '有皱纹的鼻子'],
      },
      clauses: {
        medium: ['鼻子不大不小', '鼻子大小适中'],
        small: ['鼻子小小的', '鼻子小巧'],
        wrinkled: ['鼻子皱皱的', '鼻子上有皱纹'],
      },
      chances: { medium: 0.4 },
    },
    mouth: {
      nouns: {
        smile: ['微笑', '淡淡的微笑'],
        'big-smile': ['灿烂的笑容', '大大的笑容'],
        smirk: ['坏笑', '一丝坏笑'],
        frown: ['下撇的嘴角', '不高兴的表情'],
        surprise: ['惊讶的表情', '吃惊的表情'],
        lips: ['丰满的嘴唇'],
      },
      clauses: {
        smile: ['面带微笑', '微笑着'],
        'big-smile': ['笑容灿烂', '开心地大笑'],
        smirk: ['一脸坏笑', '坏笑着'],
        frown: ['嘴角下撇', '一脸不高兴'],
        surprise: ['一脸惊讶', '吃惊地张着嘴'],
        lips: ['嘴唇丰满'],
      },
      slot: {
        smile: ['微笑'],
        'big-smile': ['大笑'],
        smirk: ['坏笑'],
        frown: ['不高兴'],
        surprise: ['惊讶', '吃惊'],
      },
    },
    'facial-hair': {
      nouns: {
        full: ['[{hair-color}]络腮胡', '浓密的[{hair-color}]大胡子'],
        mustache: ['[{hair-color}]八字胡', '两撇[{hair-color}]胡子'],
        walrus: ['[{hair-color}]海象胡', '浓密的[{hair-color}]海象胡'],
        goatee: ['[{hair-color}]山羊胡'],
        stubble: ['[{hair-color}]胡茬', '短短的[{hair-color}]胡茬'],
        'soul-patch': ['唇下的一小撮[{hair-color}]胡子', '一小撮[{hair-color}]胡子'],
      },
      clauses: {
        none: ['没有胡子', '没留胡子'],
        full: ['留着[{hair-color}]络腮胡', '留着浓密的[{hair-color}]大胡子'],
        mustache: ['留着[{hair-color}]八字胡', '留着两撇[{hair-color}]胡子'],
        walrus: ['留着[{hair-color}]海象胡', '留着浓密的[{hair-color}]海象胡'],
        goatee: ['留着[{hair-color}]山羊胡'],
        stubble: ['留着[{hair-color}]胡茬', '有短短的[{hair-color}]胡茬'],
        'soul-patch': ['唇下留着一小撮[{hair-color}]胡子', '留着一小撮[{hair-color}]胡子'],
      },
      chances: { none: 0.25, full: 0.8 },
    },
    'clothes-color': {
      words: {
        blue: ['蓝色'],
        turquoise: ['青绿色', '蓝绿色'],
        purple: ['紫色'],
        green: ['绿色'],
        red: ['红色'],
        yellow: ['黄色'],
        pink: ['粉色', '粉红色'],
      },
      nouns: ['{}上衣', '{}的上衣', '{}的衣服'],
      clauses: ['穿着{}上衣', '穿着{}的衣服', '身穿{}上衣'],
    },
  },
  modifiers: { 'hair-color': ['hair', 'facial-hair'] },
  sentences: [
    { nouns: ['{nouns}', '卡通头像：{nouns}'] },
    {
      weight: 3,
      clauses: [
        '{clauses}',
        '这个人{clauses}',
        '画中人{clauses}',
        '一个{clauses|、}的人',
        '一个{clauses|、}的卡通人物',
        '一个卡通人物，{clauses}',
      ],
    },
    {
      says: ['glasses', 'hair'],
      weight: 2,
      alone: ['{glasses}的{hair}'],
      clauses: ['{glasses}的{hair}，{clauses}'],
    },
    {
      says: ['mouth'],
      alone: ['一张{mouth}的脸', '一个{mouth}的人'],
      clauses: ['一个{mouth}的人，{clauses}', '这个{mouth}的人{clauses}'],
    },
  ],
  between: { nouns: ['、', '和'], clauses: ['，', '，'] },
  chance: 0.64,
  maxWords: 32,
  hide: hideUnseen,
  finish: finishChinese,
}
