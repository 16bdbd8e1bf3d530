/** Which failures are under way: each is told when it begins, and again only after it was gone for a while. */
export class Episodes {
  private readonly lastSeen = new Map<string, number>()

  /**
   * Takes note that a failure is there.
   * @param quiet steps for which it must not have been seen to count as a new one
   * @returns whether it has just begun
   */
  begins(name: string, step: number, quiet: number): boolean {
    const last = this.lastSeen.get(name)
    this.lastSeen.set(name, step)
    return last === undefined || step - last > quiet
  }
}
