// The Content-Security-Policy of every page that the centre serves: own files only, no inline script, nobody's
// frame, no other address (A15, A25). A page says only where its styles may come from.

/** `styles` are sources beside the page's own files: a nonce, or a keyword. */
export function pagePolicy(...styles: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    ['style-src', "'self'", ...styles].join(' '),
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
