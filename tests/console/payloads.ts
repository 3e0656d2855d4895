// Texts that mean harm, for every field that a stranger or a colleague may fill. Whichever of them is taken
// for more than text calls `harmed` or asks the centre for /hit; none names any other host.

/** What each would do if it could: its number tells which one did. */
const ACTS: readonly ((n: number) => string)[] = [
  (n) => `harmed(${n})`,
  (n) => `top['har'+'med'](${n})`,
  (n) => `fetch('/hit?n=${n}')`,
  (n) => `location='/hit?n=${n}'`,
]

type Form = (act: string, n: number) => string

/** Elements and attributes that run a script by themselves. */
const RUNNING: readonly Form[] = [
  (act) => `<script>${act}</script>`,
  (act) => `</script><script>${act}//`,
  (act) => `<ScRiPt>${act}</sCrIpT >`,
  (act) => `<img src=x onerror="${act}">`,
  (act) => `"><img src=x onerror=${act}>`,
  (act) => `'><body onload=${act}>`,
  (act) => `<svg onload=${act}>`,
  (act) => `<svg><animate onbegin="${act}" attributeName=x dur=1s>`,
  (act) => `<svg><set attributeName=href to="javascript:${act}">`,
  (act) => `<math><mtext><table><mglyph><style><img src=x onerror="${act}">`,
  (act) => `<details open ontoggle=${act}>`,
  (act) => `<input autofocus onfocus="${act}">`,
  (act) => `<video><source onerror="${act}"></video>`,
  (act) => `<marquee onstart="${act}">`,
  (act) => `<iframe srcdoc="<script>parent.${act}</script>">`,
  (act) => `<template><script>${act}</script></template>`,
  (act) => `<noscript><p title="</noscript><img src=x onerror=${act}>">`,
  (act) => `<!--><script>${act}</script-->`,
  (act) => `<a style="animation:x 1s" onanimationstart="${act}">`,
  (act) => `" autofocus onfocus="${act}" x="`,
]

/** What fetches, leads away or hides without a script. */
const LEADING: readonly Form[] = [
  (act) => `javascript:${act}`,
  (act) => `JaVaScRiPt&colon;${act}`,
  (act) => `<a href="javascript:${act}">Оплатить</a>`,
  (act) => `data:text/html,<script>${act}</script>`,
  (_, n) => `<img src="/hit?n=${n}">`,
  (_, n) => `<link rel=stylesheet href="/hit?n=${n}">`,
  (_, n) => `<base href="/hit?n=${n}">`,
  (_, n) => `<meta http-equiv=refresh content="0;url=/hit?n=${n}">`,
  (_, n) => `<form action="/hit?n=${n}"><button autofocus>Ok</button>`,
  (_, n) => `<object data="/hit?n=${n}"></object>`,
  (_, n) => `<style>*{background:url(/hit?n=${n})}</style>`,
  (_, n) => `};*{background:url(/hit?n=${n})}`,
  (_, n) => `<table background="/hit?n=${n}">`,
  (_, n) => `</p></main><h1 id="headline">Оплачено ${n}</h1>`,
]

/** What is harm only to whoever unfolds it: templates, entities, spellings, tables, directions. */
const FOLDED: readonly Form[] = [
  (act) => `{{constructor.constructor("${act}")()}}`,
  (act) => `\${${act}} #{${act}} <%= ${act} %>`,
  (act) => `{"__proto__":{"innerHTML":"<img src=x onerror=${act}>"}}`,
  (act) => `&lt;script&gt;${act}&lt;/script&gt;`,
  (act) => `&#60;img src=x onerror=${act}&#62;`,
  (act) => `\\u003cscript\\u003e${act}\\u003c/script\\u003e`,
  (act) => `%3Cscript%3E${act}%3C/script%3E`,
  (act) => `＜script＞${act}＜/script＞`,
  (act) => `<ſcript>${act}</ſcript>`,
  (act) => `<\u200bscript>${act}</\u200bscript>`,
  (act) => `\u200f<b>${act}</b>\u200e\u061c`,
  (act) => `שלום <script>${act}</script> مرحبا`,
  (act) => `=HYPERLINK("javascript:${act}";"Оплатить")`,
  (act) => `@SUM(1);"<img src=x onerror=${act}>"`,
  (act) => `+1|'<svg onload=${act}>'!A1`,
  (act) => `e\u0301\u0302\u0303<i onclick=${act}>e\u0301</i>`,
]

/** 200 of them, each one line, no two alike. */
export const PAYLOADS: readonly string[] = [...RUNNING, ...LEADING, ...FOLDED].flatMap((form, at) =>
  ACTS.map((act, turn) => {
    const n = at * ACTS.length + turn
    return form(act(n), n)
  }),
)

/** The marks that turn the direction of what stands beside them: no field of staff's takes one (A22). */
export const TURNING: readonly string[] = [...'\u202a\u202b\u202d\u202e\u2066\u2067\u2068'].map(
  (mark) => `${mark}<script>harmed()</script>`,
)

/** Deals the texts out in turn, so that each stands somewhere, and remembers what stands where. */
export class Hand {
  readonly #dealt = new Map<string, string[]>()
  #next = 0

  get dealt(): ReadonlyMap<string, readonly string[]> {
    return this.#dealt
  }

  /** The next one that fits the field. */
  one(field: string, limit = 200): string {
    for (;;) {
      const text = PAYLOADS[this.#next % PAYLOADS.length] ?? ''
      this.#next += 1
      if (text.length <= limit) return this.note(field, text)
    }
  }

  /** All of them, as few texts as hold them within the limit. */
  all(field: string, limit: number): string[] {
    const packs: string[] = []
    for (const text of PAYLOADS) {
      const last = packs.at(-1)
      if (last === undefined || last.length + text.length + 1 > limit) packs.push(text)
      else packs[packs.length - 1] = `${last} ${text}`
      this.note(field, text)
    }
    return packs
  }

  note(field: string, text: string): string {
    this.#dealt.set(field, [...(this.#dealt.get(field) ?? []), text])
    return text
  }
}
