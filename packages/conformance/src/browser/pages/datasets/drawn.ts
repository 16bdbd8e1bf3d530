/** Draws pictures, no two alike, which the browser encodes in turn as PNG, JPEG and WebP. */
export async function drawFiles(count: number): Promise<File[]> {
  const files: File[] = []
  for (let i = 0; i < count; i++) {
    const canvas = new OffscreenCanvas(40 + i, 30)
    const context = canvas.getContext('2d')!
    context.fillStyle = `hsl(${(360 * i) / count} 80% 50%)`
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.fillStyle = 'white'
    context.fillRect(i, i % 7, 8, 8)
    const kind = ['png', 'jpeg', 'webp'][i % 3]!
    const blob = await canvas.convertToBlob({ type: `image/${kind}` })
    if (blob.type !== `image/${kind}`) throw new Error(`${kind} came as ${blob.type}`)
    files.push(new File([blob], `${kind}/${String(i).padStart(3, '0')}.${kind}`))
  }
  return files
}
