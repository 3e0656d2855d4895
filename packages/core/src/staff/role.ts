// Who may do what: a role is a named set of rights, and nothing else about it is known anywhere. Whose
// rows a right reaches is the scope's to say.

export const RIGHTS = [
  'payments.read',
  /** Make a payment at the desk and start it. */
  'payments.create',
  'payments.cancel',
  /** Say with evidence what became of an attempt that nobody can ask about any more. */
  'payments.resolve',
  'payments.export',
  /** See and look for a customer by phone, e-mail and name; others see them masked. */
  'customers.read',
  /** Send the link of a payment by SMS, at the centre's expense. */
  'customers.text',
  'refunds.read',
  /** Ask for a refund, start it on a terminal, give it up. */
  'refunds.create',
  /** Say yes or no to another's refund, and what became of one that no terminal can tell of. */
  'refunds.approve',
  'deliveries.read',
  'deliveries.resend',
  'sources.read',
  'sources.write',
  /** Create and delete: a super admin's (L4). */
  'sources.create',
  /** Where a source's events go, and which. */
  'sources.webhooks',
  /** Rotate its token and its webhook secret. */
  'sources.secrets',
  'terminals.read',
  'terminals.write',
  /** Say where a device and its camera are, for the centre will call there (A8), and how it is known. */
  'terminals.connect',
  /** Register, test, take out of the pool and back, end a quarantine. */
  'terminals.operate',
  'methods.read',
  'methods.write',
  'figures.read',
  /** See what waits for a person; each desk names the right that works there. */
  'desks.read',
  /** Upload statements, close days, and work at the desks of the books. */
  'books.reconcile',
  'admins.manage',
  'audit.read',
  /** What became of SMS to staff, and the account at the gateway: its money, its refusals. */
  'texts.read',
  /** Countries, payment systems, and the switch that stops taking money. */
  'settings.write',
] as const
export type Right = (typeof RIGHTS)[number]

export const ROLES = ['super_admin', 'country_admin', 'accountant', 'cashier', 'developer'] as const
export type Role = (typeof ROLES)[number]

const COUNTRY_ADMIN: readonly Right[] = [
  'payments.read',
  'payments.create',
  'payments.cancel',
  'payments.resolve',
  'payments.export',
  'customers.read',
  'customers.text',
  'refunds.read',
  'refunds.create',
  'refunds.approve',
  'deliveries.read',
  'deliveries.resend',
  'sources.read',
  'sources.write',
  'sources.webhooks',
  'sources.secrets',
  'terminals.read',
  'terminals.write',
  'terminals.operate',
  'methods.read',
  'methods.write',
  'figures.read',
  'desks.read',
  'books.reconcile',
]

const RIGHTS_OF: Readonly<Record<Role, readonly Right[]>> = {
  super_admin: RIGHTS,
  country_admin: COUNTRY_ADMIN,
  accountant: [
    'payments.read',
    'payments.export',
    'customers.read',
    'refunds.read',
    // A second pair of eyes, never the first: it asks for no refund itself.
    'refunds.approve',
    'sources.read',
    'terminals.read',
    'methods.read',
    'figures.read',
    'desks.read',
    'books.reconcile',
  ],
  cashier: [
    'payments.read',
    'payments.create',
    'refunds.read',
    'refunds.create',
    'customers.read',
    'customers.text',
    'methods.read',
    'terminals.read',
  ],
  developer: [
    'payments.read',
    'deliveries.read',
    'deliveries.resend',
    'sources.read',
    'sources.webhooks',
    'sources.secrets',
    'methods.read',
  ],
}

export function rightsOf(role: Role): readonly Right[] {
  return RIGHTS_OF[role]
}

export function hasRight(role: Role, right: Right): boolean {
  return RIGHTS_OF[role].includes(right)
}

/** Roles that act on the sources listed for them, and on no other (L4). */
export function isBoundToSources(role: Role): boolean {
  return role === 'cashier' || role === 'developer'
}
