/** Words of the smallest zero-sum games, in English. */
export const zeroSum = {
  steps: 'How steps are taken',
  rate: 'Step size η',
  start: 'Start',
  startX: 'x at the start',
  startY: 'y at the start',
  step: 'step',
  distance: 'distance from the equilibrium',
  averageDistance: 'distance of the average',
  now: 'now',
  average: 'average',
  player: (letter: string) => `player ${letter}`,
  shares: ['rock', 'paper', 'scissors'] as readonly string[],
  trajectory: 'trajectory',
  distanceChart: 'Distance from the equilibrium',
  bilinearLabel: (text: string) => `Phase plane of x and y with the trajectory and its average. ${text}`,
  rpsLabel: (text: string) =>
    `Shares of rock, paper and scissors of both players in a triangle, with their averages. ${text}`,
  bilinearAbout:
    'One player chooses x to make x·y small, the other y to make it large. It is a GAN with one weight each: x = y = 0 is the equilibrium.',
  rpsAbout:
    'Each player has a share of rock, paper and scissors, and shifts it towards what would have won. The equilibrium is a third of each.',
  explain: {
    bilinear: {
      simultaneous: (factor: string) =>
        `Both go by the gradient where they are. The gradient is at right angles to the way to the middle, so each step goes outwards: the distance grows by √(1 + η²) = ${factor} a step, for every η.`,
      alternating: () =>
        'y answers to where x is now. The trajectory stays on the ellipse x² + y² − ηxy = constant: it neither comes in nor flies off, and its average goes to the middle.',
      extragradient: (factor: string) =>
        `Both look where a step would lead, and go by the gradient there. The distance shrinks by √(1 − η² + η⁴) = ${factor} a step.`,
      optimistic: () =>
        'Both go by twice the gradient less the one before: a guess of the next one, at the price of one gradient. The trajectory comes in.',
    },
    'rock-paper-scissors': {
      simultaneous: () =>
        'Both shift at once. The shares spiral outwards to one choice alone, over and over, while their averages go to a third of each.',
      alternating: () =>
        'The second player answers to the first one’s new shares. The shares go round and stay bounded; the averages go to a third of each.',
      extragradient: () => 'Both look one step ahead. The shares themselves come in to a third of each.',
      optimistic: () =>
        'Both count what they have just won twice, less the time before. The shares come in to a third of each.',
    },
  },
} as const
