/** Words of the scheme of the game, in English. */
export const scheme = {
  label: 'The game: noise z goes into G, which makes fakes; D judges fakes and real samples.',
  still: 'Both stand still. Point at a part to read what it is.',
  bothLearn: 'D and G learn in turn.',
  discriminatorMoves: 'D learns; G is frozen.',
  generatorMoves: 'G learns through D; D is frozen.',
  together: 'D and G learn at once.',
  nodes: {
    noise: 'noise z',
    generator: 'G',
    fakes: 'fakes',
    gradients: 'G’s gradients',
    reals: 'real samples',
    discriminator: 'D',
    losses: 'losses',
    predictions: 'D’s verdicts',
  },
  explanations: {
    noise: () =>
      'Random numbers z, drawn anew for each batch. All that differs from fake to fake begins here.',
    generator: (weights: string) =>
      `The generator, ${weights} weights: it bends the space of z, whose lattice is drawn, until fakes lie where the data do.`,
    fakes: () => 'G(z), a fake for each z. None is copied from the data: G never sees them.',
    gradients: () =>
      'Where G’s loss would move each fake, found through D. G’s weights change so that its fakes go there.',
    reals: () => 'Samples of the data. Only D sees them.',
    discriminator: (weights: string) =>
      `The discriminator, ${weights} weights: how likely a sample of each place is real; blue for real, orange for fake.`,
    losses: () =>
      'How wrong D’s verdicts are, and how well D sees through the fakes. The marks are the values where fakes are as good as the data.',
    predictions: () =>
      'How many real samples (upwards) and fakes (downwards) get which verdict, from 0, fake, to 1, real. D wants them apart.',
  },
  stages: {
    discriminator: {
      samples: 'G makes fakes of noise, and as many real samples are drawn.',
      predictions: 'D judges both.',
      loss: 'D’s loss: how far its verdicts are from 1 for real samples, from 0 for fakes.',
      gradients: 'The gradients of this loss by D’s weights go back through D.',
      update: 'D’s weights change against them. G is as it was.',
    },
    generator: {
      samples: 'G makes fakes of noise.',
      predictions: 'D judges these fakes alone.',
      loss: 'G’s loss: how far D is from taking them for real.',
      gradients: 'Its gradients go back through D to the fakes, and on through G.',
      update: 'G’s weights change against them. D is as it was.',
    },
  },
  stage: (player: string, number: number, words: string) => `${player}, ${number} of 5. ${words}`,
} as const
