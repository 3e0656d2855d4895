// The nonce of this answer, which the centre's policy asks of every style. antd passes it on where it knows how;
// a few of its parts, which measure scroll bars, make their styles without it.

/** Where Vite wrote it; browsers hide the attribute and keep the property. */
export const nonce =
  document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''

/** Scripts are trusted by the policy already, so what they make may carry the proof of it. */
export function proveStyles(): void {
  const make = document.createElement.bind(document)
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = make(name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }) as typeof document.createElement
}
