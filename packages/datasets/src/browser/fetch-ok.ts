/** How files are fetched. */
export interface FetchOptions {
  /** What to use in place of the global fetch, such as one that sends credentials. */
  readonly fetch?: typeof globalThis.fetch
  readonly signal?: AbortSignal
}

/**
 * The response of a server that has the file.
 * @throws Error whose message says why there is none; the signal's reason when it is aborted
 */
export async function fetchOk(
  url: string | URL,
  { fetch = globalThis.fetch, signal }: FetchOptions,
): Promise<Response> {
  const response = await fetch(url, signal ? { signal } : {})
  if (response.ok) return response
  await response.body?.cancel()
  throw new Error(`HTTP ${response.status} ${response.statusText}`.trimEnd())
}
