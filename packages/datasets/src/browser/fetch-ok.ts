/** Options of fetching files. */
export interface FetchOptions {
  /** Replaces the global fetch, for example by one that sends credentials. */
  readonly fetch?: typeof globalThis.fetch
  readonly signal?: AbortSignal
}

/**
 * Fetches a file.
 * @throws Error with the status where the server doesn't send the file; the signal's reason when it is aborted
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
