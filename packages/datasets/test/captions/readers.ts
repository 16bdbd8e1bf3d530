import { birdsInChinese, birdsInEnglish } from './bird-readers.ts'
import { createReader, turn } from './read-caption.ts'

const facesInEnglish = createReader({
  space: ' ',
  colors: {
    c: {
      trait: 'hair-color',
      words: turn({
        black: 'black',
        brown: 'brown',
        red: 'red',
        pink: 'pink',
        coral: 'coral',
        ginger: 'ginger / orange',
        silver: 'silver / gray',
      }),
    },
  },
  phrases: `
    hair long: long <c> hair
    hair extra-long: (very|extra) long <c> hair
    hair bob: a <c> bob / a <c> bob cut / <c> hair in a bob
    hair bob-bangs: a <c> bob with bangs / bobbed <c> hair with bangs
    hair curly: curly <c> hair / <c> curls / lots of <c> curls
    hair curly-bun: a curly <c> bun / curly <c> hair in a bun
    hair curly-top: short curly <c> hair / short <c> curls
    hair pigtails: <c> pigtails / <c> hair in pigtails
    hair bun: a <c> bun / <c> hair in a bun
    hair bun-undercut: a <c> topknot / a <c> bun with an undercut
    hair side-shave: <c> hair shaved on one side / half-shaved <c> hair / a <c> side shave
    hair combover: a <c> comb-over / combed-over <c> hair
    hair chops: a <c> comb-over with sideburns / <c> hair with sideburns
    hair fade: a <c> fade / a <c> fade haircut
    hair mohawk: a <c> mohawk / <c> hair in a mohawk
    hair buzzcut: a <c> buzz cut / buzzed <c> hair
    hair balding: thinning <c> hair / receding <c> hair / a balding head
    hair bald: a bald head / no hair
    hair cap: a cap
    hair beanie: a beanie / a knit hat
    hair-color *: <c> hair
    skin pale: (pale|fair) skin / a (pale|fair) complexion
    skin rose: (rosy|pinkish) skin / a (rosy|pinkish) complexion
    skin sand: (beige|sandy) skin / a (beige|sandy) complexion
    skin tan: (tan|tanned) skin / a (tan|tanned) complexion
    skin copper: (copper|coppery) skin / a (copper|coppery) complexion
    skin brown: brown skin / a brown complexion
    skin dark: (dark|deep-toned) skin / a (dark|deep-toned) complexion
    eyes open: open eyes / both eyes open
    eyes closed: closed eyes / both eyes closed / eyes shut
    eyes wink: a wink / one eye closed / winking
    eyes happy: (happy|laughing|cheerful) eyes
    glasses none: no glasses / without glasses / not wearing glasses
    glasses glasses: glasses / spectacles / eyeglasses / wearing glasses / wearing spectacles / wearing eyeglasses
    glasses sunglasses: sunglasses / shades / wearing sunglasses / wearing shades
    nose medium: a (medium|medium-sized|average) nose
    nose small: a (small|tiny|little) nose
    nose wrinkled: a (wrinkled|wrinkly) nose
    mouth smile: a smile / a gentle smile / smiling / smiling gently
    mouth big-smile: a (big|wide) smile / a toothy grin / grinning / smiling broadly
    mouth smirk: a smirk / a sly smirk / smirking
    mouth frown: a frown / a downturned mouth / frowning
    mouth surprise: a surprised look / a round open mouth / looking surprised / surprised / surprised-looking
    mouth lips: full lips / full closed lips
    facial-hair none: no beard / no facial hair / clean-shaven
    facial-hair full: a (full|thick) <c> beard
    facial-hair mustache: a <c> mustache / a thin <c> mustache
    facial-hair walrus: a <c> walrus mustache / a bushy <c> mustache
    facial-hair goatee: a <c> goatee
    facial-hair stubble: <c> stubble / some <c> stubble
    facial-hair soul-patch: a <c> soul patch / a <c> tuft below the lip
    clothes-color blue: a blue (top|shirt) / blue clothes / in a blue top / (dressed )?in blue
    clothes-color turquoise: a (turquoise|teal) (top|shirt) / (turquoise|teal) clothes / in a (turquoise|teal) top / (dressed )?in (turquoise|teal)
    clothes-color purple: a (purple|violet) (top|shirt) / (purple|violet) clothes / in a (purple|violet) top / (dressed )?in (purple|violet)
    clothes-color green: a green (top|shirt) / green clothes / in a green top / (dressed )?in green
    clothes-color red: a red (top|shirt) / red clothes / in a red top / (dressed )?in red
    clothes-color yellow: a yellow (top|shirt) / yellow clothes / in a yellow top / (dressed )?in yellow
    clothes-color pink: a pink (top|shirt) / pink clothes / in a pink top / (dressed )?in pink`,
  filler:
    'a,an,the,this,of,in,person,someone,portrait of,drawing of,cartoon,character,face,with,has,and'.split(
      ',',
    ),
})

const facesInChinese = createReader({
  space: '',
  colors: {
    c: {
      trait: 'hair-color',
      words: turn({
        black: '黑色',
        brown: '棕色 / 褐色',
        red: '红色',
        pink: '粉色 / 粉红色',
        coral: '珊瑚色',
        ginger: '橙色 / 姜黄色',
        silver: '银色 / 银白色',
      }),
    },
  },
  phrases: `
    hair long: <c>长发 / 长长的<c>头发
    hair extra-long: <c>超长发 / 特别长的<c>头发
    hair bob: <c>波波头 / <c>波波短发
    hair bob-bangs: 带刘海的<c>波波头 / <c>刘海波波头
    hair curly: <c>卷发 / 蓬松的<c>卷发
    hair curly-bun: <c>卷发髻 / <c>卷发丸子头
    hair curly-top: <c>短卷发 / 短短的<c>卷发
    hair pigtails: <c>双马尾 / 两条<c>辫子
    hair bun: <c>丸子头 / <c>发髻
    hair bun-undercut: 两侧剃短的<c>丸子头 / 两侧剃短的<c>发髻
    hair side-shave: (一侧|半边)剃短的<c>头发
    hair combover: <c>偏分短发 / <c>偏分头
    hair chops: 带鬓角的<c>偏分短发 / 带鬓角的<c>偏分头
    hair fade: <c>渐变短发 / 两侧渐短的<c>短发
    hair mohawk: <c>莫西干头 / <c>莫西干发型
    hair buzzcut: <c>寸头 / 剃得很短的<c>头发
    hair balding: 稀疏的<c>头发 / 所剩不多的<c>头发
    hair bald: 光头
    hair cap: 鸭舌帽 / 棒球帽
    hair beanie: 毛线帽 / 针织帽
    hair-color *: <c>头发 / <c>的头发 / 头发是<c>
    skin pale: 白皙的皮肤 / 皮肤白皙
    skin rose: (粉嫩|红润)的皮肤 / 皮肤(粉嫩|红润)
    skin sand: (米色|沙色)的皮肤 / 皮肤是(米色|沙色)
    skin tan: 小麦色的皮肤 / 皮肤是小麦色
    skin copper: 古铜色的皮肤 / 皮肤是古铜色
    skin brown: (棕色|褐色)的皮肤 / 皮肤是(棕色|褐色)
    skin dark: (黝黑|深色)的皮肤 / 皮肤黝黑 / 皮肤是深色
    eyes open: 睁着的眼睛 / 睁着(眼睛|双眼)
    eyes closed: 闭着的眼睛 / 紧闭的双眼 / 闭着(眼睛|双眼)
    eyes wink: 眨着的一只眼睛 / (眨|闭)着一只眼睛
    eyes happy: 弯弯的笑眼 / 笑眯眯的眼睛 / 眼睛笑得弯弯的? / 眼睛笑眯眯的?
    glasses none: (不|没)戴眼镜
    glasses glasses: (一副)?眼镜
    glasses sunglasses: (一副)?(墨镜|太阳镜)
    nose medium: 中等大小的鼻子 / 不大不小的鼻子 / 鼻子不大不小 / 鼻子大小适中
    nose small: 小鼻子 / 小小的鼻子 / 小巧的鼻子 / 鼻子小小的? / 鼻子小巧
    nose wrinkled: 皱皱的鼻子 / 有皱纹的鼻子 / 鼻子皱皱的? / 鼻子上有皱纹
    mouth smile: 淡淡的微笑 / 面带微笑 / 微笑
    mouth big-smile: 灿烂的笑容 / 大大的笑容 / 笑容灿烂 / 开心地大笑 / 大笑
    mouth smirk: 一丝坏笑 / 一脸坏笑 / 坏笑
    mouth frown: 下撇的嘴角 / 嘴角下撇 / 不高兴的表情 / 一脸不高兴 / 不高兴
    mouth surprise: 惊讶的表情 / 吃惊的表情 / 一脸惊讶 / 吃惊地张着嘴 / 惊讶 / 吃惊
    mouth lips: 丰满的嘴唇 / 嘴唇丰满
    facial-hair none: 没有胡子 / 没留胡子
    facial-hair full: <c>络腮胡 / 浓密的<c>大胡子
    facial-hair mustache: <c>八字胡 / 两撇<c>胡子
    facial-hair walrus: (浓密的)?<c>海象胡
    facial-hair goatee: <c>山羊胡
    facial-hair stubble: (短短的)?<c>胡茬
    facial-hair soul-patch: (唇下的|唇下留着)?一小撮<c>胡子
    clothes-color blue: 蓝色的?(上衣|衣服)
    clothes-color turquoise: (青绿色|蓝绿色)的?(上衣|衣服)
    clothes-color purple: 紫色的?(上衣|衣服)
    clothes-color green: 绿色的?(上衣|衣服)
    clothes-color red: 红色的?(上衣|衣服)
    clothes-color yellow: 黄色的?(上衣|衣服)
    clothes-color pink: (粉色|粉红色)的?(上衣|衣服)`,
  filler:
    '这个人,画中人,一个,卡通人物,卡通头像,一张,这个,脸,人,戴着,戴,留着,梳着,有着,有,穿着,身穿,着,的,和'.split(
      ',',
    ),
})

/** By the name of a grammar what a caption of it names. */
export const readers: Readonly<Record<string, (caption: string) => Record<string, string>>> = {
  'faces-en': facesInEnglish,
  'faces-zh': facesInChinese,
  'birds-en': birdsInEnglish,
  'birds-zh': birdsInChinese,
}
