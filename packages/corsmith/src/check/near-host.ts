/** The machine itself, as a URL writes it. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.*\.localhost|127\..*|\[::1\])$/.test(hostname);
}

/** Loopback, private and link-local hosts. */
export function isNear(hostname: string): boolean {
  return (
    isLoopback(hostname) ||
    /^(?:.*\.(?:local|internal)|10\..*|192\.168\..*|169\.254\..*|172\.(?:1[6-9]|2\d|3[01])\..*|\[f[cd].*|\[fe80:.*)$/.test(
      hostname,
    )
  );
}
