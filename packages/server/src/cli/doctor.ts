// `byfly doctor`: everything that can be wrong with a centre, looked at side by side, beside a running one or without.

import { systemClock } from '../clock.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { databaseCheck, migrationFinding, silentLine } from '../doctor/check-database.ts'
import { certificateCheck, diskCheck } from '../doctor/check-machine.ts'
import { examine } from '../doctor/examine.ts'
import { examineCentre } from '../doctor/examine-centre.ts'
import { CHECKS, type CheckName, type Finding, found } from '../doctor/finding.ts'
import { createLog, type Database, openCentre } from '../main.ts'
import { hasDatabase, joinUnchanged } from '../maintenance/backups.ts'
import { openExamination, openMachine } from '../maintenance/examination.ts'
import type { MachineExamination } from '../ports/examination.ts'
import { failed, ok, skipped, warning } from '../terminals/check-line.ts'
import { operator } from './operator.ts'
import { say, sayJson } from './output.ts'

export interface DoctorFlags {
  readonly json?: boolean
  readonly call?: boolean
}

export async function examineNow({ call, json }: DoctorFlags): Promise<void> {
  const findings = await findAll(call === true)
  const ordered = [...findings].sort((a, b) => CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check))
  const failures = ordered.filter(({ state }) => state === 'failed').length
  const warnings = ordered.filter(({ state }) => state === 'warning').length
  if (json === true) sayJson({ failed: failures, warnings, findings: ordered })
  else sayFindings(ordered, failures, warnings)
  if (failures > 0) process.exitCode = 1
}

async function findAll(calls: boolean): Promise<Finding[]> {
  let config: Config
  try {
    config = readConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const cure = 'Исправьте переменную: список в docs/guide/operating.md'
    return error.faults.map((fault) => found('configuration', failed(fault, cure)))
  }
  const machine = openMachine(config)
  const [ofMachine, ofDatabase] = await Promise.all([
    examine([diskCheck(machine), certificateCheck(machine, config, systemClock)], systemClock),
    findInDatabase(config, machine, calls),
  ])
  const read = found('configuration', ok(`Прочитаны, режим ${config.mode}`))
  return [read, ...ofMachine, ...ofDatabase]
}

async function findInDatabase(
  config: Config,
  machine: MachineExamination,
  calls: boolean,
): Promise<Finding[]> {
  if (!hasDatabase(config)) {
    const cure = 'Запустите центр: npm start'
    return [found('database', warning('Базы ещё нет: её создаёт первый запуск', cure))]
  }
  let database: Database
  try {
    database = await joinUnchanged(config, createLog({ ...config, logLevel: 'silent' }))
  } catch (error) {
    return [found('database', silentLine(error as Error))]
  }
  try {
    return await findBehind(config, database, machine, calls)
  } finally {
    await database.stop()
  }
}

async function findBehind(
  config: Config,
  database: Database,
  machine: MachineExamination,
  calls: boolean,
): Promise<Finding[]> {
  const examination = openExamination(database)
  const first = await examine([databaseCheck(examination, systemClock)], systemClock)
  const isThere = first.some(({ check, state }) => check === 'clock' && state !== 'failed')
  if (!isThere) return first
  const facts = await examination.migrations()
  const findings = [...first, migrationFinding(facts)]
  if (facts.fault !== null || facts.pending.length > 0) {
    const why = skipped('Терминалы, SMS и вебхуки проверит эта версия после обновления схемы')
    return [...findings, found('terminal', why)]
  }
  const { publicUrl } = config
  const log = createLog({ ...config, logLevel: 'silent' })
  const opened = await openCentre(config, database, log, () => publicUrl ?? '')
  try {
    const acting = operator()
    const parts = { centre: opened.centre, acting, examination, machine, publicUrl, calls }
    return [...findings, ...(await examineCentre(parts))]
  } finally {
    await opened.close()
  }
}

const MARKS: Readonly<Record<Finding['state'], string>> = {
  ok: '✓',
  warning: '!',
  failed: '✗',
  skipped: '·',
}

const TITLES: Readonly<Record<CheckName, string>> = {
  configuration: 'настройки',
  database: 'база',
  migrations: 'миграции',
  secrets: 'ключ',
  disk: 'диск',
  clock: 'часы',
  tls: 'https',
  names: 'DNS',
  terminal: 'терминал',
  sms: 'SMS',
  webhooks: 'вебхуки',
  backlog: 'очереди',
}

function sayFindings(findings: readonly Finding[], failures: number, warnings: number): void {
  for (const { about, check, cure, message, state } of findings) {
    const what = about === null ? message : `${about}: ${message}`
    say(`${MARKS[state]} ${TITLES[check].padEnd(9)} ${what}`)
    if (cure !== null) say(`  ${' '.repeat(9)} ${cure}`)
  }
  say(failures + warnings === 0 ? 'Всё в порядке.' : `Ошибок: ${failures}, замечаний: ${warnings}.`)
}
