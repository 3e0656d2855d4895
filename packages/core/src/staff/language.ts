// The languages in which the centre speaks to its staff. Whatever is kept or sent, a day's report or an SMS,
// is in the first of them.

export const LANGUAGES = ['ru', 'kk', 'uz', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
