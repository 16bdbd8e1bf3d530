/** What is used here of tfjs-node's binding. */
interface Binding {
  createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number
  deleteTensor(id: number): void
}

/** More than one operation has. */
const most = 256

/**
 * Tensors of few numbers that operations ask for again and again: shapes, axes, rates. They belong to the backend,
 * which keeps the latest ones.
 */
export class Constants {
  private readonly binding: Binding
  private readonly ids = new Map<string, number>()

  constructor(binding: Binding) {
    this.binding = binding
  }

  id(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number {
    const key = `${dtype} ${shape} ${values}`
    const known = this.ids.get(key)
    const id = known ?? this.binding.createTensor(shape, dtype, values)
    // The first are those that nobody has asked for the longest.
    this.ids.delete(key)
    this.ids.set(key, id)
    if (this.ids.size > most) this.forgetFirst()
    return id
  }

  private forgetFirst(): void {
    const [[key, id]] = this.ids as unknown as [[string, number]]
    this.ids.delete(key)
    this.binding.deleteTensor(id)
  }
}

const made = new WeakMap<Binding, Constants>()

export function constantsOf(binding: Binding): Constants {
  const known = made.get(binding) ?? new Constants(binding)
  made.set(binding, known)
  return known
}
