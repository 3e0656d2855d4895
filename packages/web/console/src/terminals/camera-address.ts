// A camera's address as people fill it in: its password stands in a field of its own, is written and never read
// back. Pure.

export interface CameraFields {
  readonly hasCamera: boolean
  /** Without user and password. */
  readonly cameraUrl: string
  readonly cameraUser: string
  readonly cameraSecret: string
}

/** `shown` as the centre tells it: the password of one that has any is hidden there. */
export function cameraFieldsOf(shown: string | null): CameraFields {
  const nothing = { cameraUser: '', cameraSecret: '' }
  if (shown === null) return { hasCamera: false, cameraUrl: '', ...nothing }
  return { hasCamera: true, cameraUrl: withoutSecret(shown), ...nothing }
}

export function hasSecret(shown: string | null): boolean {
  const url = shown === null ? null : URL.parse(shown)
  return url !== null && (url.username !== '' || url.password !== '')
}

/** Whether a password that is kept would be lost, since the address is another one now. */
export function losesSecret(
  shown: string | null,
  { cameraUrl, cameraSecret, hasCamera }: CameraFields,
) {
  const isOther = cameraUrl.trim() !== withoutSecret(shown ?? '')
  return hasCamera && hasSecret(shown) && isOther && cameraSecret === ''
}

/** What is to be sent of it; undefined when nothing is, so that the kept password stays. */
export function cameraChange(
  shown: string | null,
  { cameraSecret, cameraUrl, cameraUser, hasCamera }: CameraFields,
): string | null | undefined {
  if (!hasCamera) return shown === null ? undefined : null
  const address = cameraUrl.trim()
  const isSame = shown !== null && address === withoutSecret(shown)
  if (cameraSecret === '' && cameraUser === '') return isSame ? undefined : address
  const url = URL.parse(address)
  if (url === null) return address
  url.username = cameraUser
  url.password = cameraSecret
  return url.href
}

function withoutSecret(shown: string): string {
  const url = URL.parse(shown)
  if (url === null || (url.username === '' && url.password === '')) return shown
  url.username = ''
  url.password = ''
  return url.href
}
