// What this browser remembers of how its owner likes the page. Never anything of payments or people.

type Choice = 'language' | 'theme' | 'source'

/** Null where a browser keeps nothing at all. */
export function kept(choice: Choice): string | null {
  try {
    return localStorage.getItem(`byfly.${choice}`)
  } catch {
    return null
  }
}

export function keep(choice: Choice, value: string): void {
  try {
    localStorage.setItem(`byfly.${choice}`, value)
  } catch {
    // The choice then lives as long as the page.
  }
}
