import type { Text } from './en.ts'

/** 最小的零和博弈的文字，中文。 */
export const zeroSum: Text['zeroSum'] = {
  steps: '怎样走一步',
  rate: '步长 η',
  start: '起点',
  startX: 'x 的起点',
  startY: 'y 的起点',
  step: '步数',
  distance: '到均衡的距离',
  averageDistance: '平均值到均衡的距离',
  now: '现在',
  average: '平均',
  player: letter => `玩家 ${letter}`,
  shares: ['石头', '布', '剪刀'],
  trajectory: '轨迹',
  distanceChart: '到均衡的距离',
  bilinearLabel: text => `x 和 y 的相平面，含轨迹及其平均值。${text}`,
  rpsLabel: text => `三角形中两位玩家出石头、布、剪刀的比例及其平均值。${text}`,
  bilinearAbout:
    '一方选 x，使 x·y 尽量小；另一方选 y，使它尽量大。这就是各有一个权重的 GAN：均衡在 x = y = 0。',
  rpsAbout: '双方各有出石头、布、剪刀的比例，并向本来会赢的那一种移动。均衡是各三分之一。',
  explain: {
    bilinear: {
      simultaneous: factor =>
        `双方都按当前位置的梯度走。梯度与指向中心的方向垂直，所以每一步都向外：无论 η 多小，距离每步变为 √(1 + η²) = ${factor} 倍。`,
      alternating: () =>
        'y 对 x 的新位置作出反应。轨迹留在椭圆 x² + y² − ηxy = 常数 上：既不收拢也不飞走，其平均值趋向中心。',
      extragradient: factor =>
        `双方先看走一步会到哪里，再按那里的梯度走。距离每步变为 √(1 − η² + η⁴) = ${factor} 倍。`,
      optimistic: () => '双方按两倍的当前梯度减去上一次的梯度走：用一次梯度的代价猜测下一次。轨迹收拢。',
    },
    'rock-paper-scissors': {
      simultaneous: () => '双方同时移动。比例向外盘旋，一再变成只出一种；而它们的平均值趋向各三分之一。',
      alternating: () => '后手对先手的新比例作出反应。比例绕圈但有界；平均值趋向各三分之一。',
      extragradient: () => '双方都向前看一步。比例本身收拢到各三分之一。',
      optimistic: () => '双方把刚赢得的算两次，再减去上一次的。比例收拢到各三分之一。',
    },
  },
}
