// Who somebody is for the rule of the second person.

import type { Party } from '@byfly-pay/core'
import type { Source } from '../ports/account-store.ts'
import type { Actor } from '../ports/actor.ts'

export function partyOf(actor: Actor): Party {
  switch (actor.kind) {
    case 'admin':
      return { id: `admin:${actor.adminId}`, name: actor.name }
    case 'cli':
    case 'system':
      return { id: `${actor.kind}:${actor.name}`, name: actor.name }
  }
}

export function partyOfSource({ id, name }: Pick<Source, 'id' | 'name'>): Party {
  return { id: `source:${id}`, name }
}
