const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether nobody on the network can change what a URL leads to. */
export const isSafeUrl = (url: URL | null): boolean =>
  url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname))
