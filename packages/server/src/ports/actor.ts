// On whose word something was changed by hand: a member of staff, the command line, or the centre itself
// where it acts for nobody in particular.

export type Actor =
  | {
      readonly kind: 'admin'
      readonly adminId: number
      readonly name: string
      readonly ip: string
    }
  /** `name` is the account on the machine. */
  | { readonly kind: 'cli'; readonly name: string }
  | { readonly kind: 'system'; readonly name: string }
