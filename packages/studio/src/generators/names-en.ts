/** Names that come from data and models, as they are shown in English; others are shown as they are. */
export const namesEn = {
  generators: {
    lines: 'Lines into a face',
    labels: 'Labels into a face',
    'photos-to-paintings': 'Photo into painting',
    'paintings-to-photos': 'Painting into photo',
  } as Readonly<Record<string, string>>,
  attributes: {
    'hair-color': 'hair',
    glasses: 'glasses',
    skin: 'skin',
    mouth: 'mouth',
  } as Readonly<Record<string, string>>,
  values: {} as Readonly<Record<string, string>>,
  labels: {} as Readonly<Record<string, string>>,
  data: {
    mnist: (count: string) => `the ${count} digits of MNIST that come with gankit`,
    faces: (count: string) => `${count} cartoon faces of 64 × 64`,
    edges: (count: string) => `${count} cartoon faces of 64 × 64 and their edges`,
    labelMaps: (count: string) => `${count} cartoon faces of 64 × 64 and their label maps`,
    painted: (count: string) => `${count} cartoon faces of 64 × 64, and as many others painted`,
    reduced: (count: string) => `${count} cartoon faces of 64 × 64, and the same at 16 × 16`,
  },
  licenses: {
    mnist: 'MNIST by LeCun, Cortes and Burges, CC BY-SA 3.0',
    personas: 'faces after the style Personas by Draftbit, CC BY 4.0',
  },
}
