// Wires what the doctor looks at outside of a centre's own parts.

import { roomAt } from '../archives/disk-rooms.ts'
import type { Config } from '../config.ts'
import type { Database } from '../main.ts'
import type { DiskRoom, Examination, MachineExamination } from '../ports/examination.ts'
import { readClusterRecord } from '../storage/embedded/cluster-record.ts'
import { examination } from '../storage/examination.ts'
import { readCertificate } from '../tls/certificate-files.ts'
import { createDestinations } from '../webhooks/destinations.ts'
import { lookUp } from '../webhooks/http-client.ts'

export function openExamination({ url }: Pick<Database, 'url'>): Examination {
  return examination(url)
}

export function openMachine(config: Config): MachineExamination {
  const destinations = createDestinations(config.webhookNetworks)
  return {
    rooms: () => roomsOf(config),
    certificate: () => (config.tls === null ? null : readCertificate(config.tls)),
    async resolve(url) {
      const found = await lookUp(url, destinations)
      if (found === 'dns') return 'unknown'
      return found === 'forbidden_address' ? 'forbidden' : 'resolves'
    },
  }
}

async function roomsOf({ databaseUrl, dataDir }: Config): Promise<DiskRoom[]> {
  const data = await roomAt(dataDir, 'data')
  const home = databaseUrl === null ? readClusterRecord(dataDir)?.home : undefined
  return home === undefined ? [data] : [data, await roomAt(home, 'database')]
}
