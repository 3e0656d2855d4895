// The shape that Russian gives to the other languages: the same keys, each a text or a sentence of the same
// parts.

type Same<T> = T extends string
  ? string
  : T extends (...parts: infer Parts) => string
    ? (...parts: Parts) => string
    : { readonly [Key in keyof T]: Same<T[Key]> }

export type Shape<T> = Same<T>
