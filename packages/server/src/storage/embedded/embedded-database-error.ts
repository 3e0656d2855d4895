// The one error of the embedded database. Its message is for the operator: Russian, what happened
// and what to do. It must never carry a password.

import { OperatorError } from '../../ports/operator-error.ts'

export class EmbeddedDatabaseError extends OperatorError {
  override readonly name = 'EmbeddedDatabaseError'
}

/**
 * How the words of PostgreSQL's own log become advice, in the order in which they are looked for.
 */
const ADVICE: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [
    /No space left on device|Disk quota exceeded|disk is full/i,
    'На диске нет места. Освободите его и запустите снова.',
  ],
  [
    /Cannot allocate memory|could not (?:map anonymous|create|resize) shared memory/,
    'Не хватает памяти. Освободите её (или увеличьте лимит контейнера) и запустите снова.',
  ],
  [
    /Read-only file system/i,
    'Файловая система открыта только для чтения. Укажите другую папку в BYFLY_DATA_DIR.',
  ],
  [
    /has invalid permissions|has wrong ownership|Permission denied|Operation not permitted/i,
    'Нет прав на файлы базы. Запускайте центр от того же пользователя, от которого он был запущен впервые.',
  ],
  [
    /database files are incompatible|was initialized by PostgreSQL version/,
    'Файлы базы созданы другой версией PostgreSQL. Верните прежнюю версию центра или перенесите данные через dump.',
  ],
  [
    /could not locate a valid checkpoint record|invalid checkpoint|PANIC|invalid primary checkpoint/,
    'Файлы базы повреждены. Не удаляйте их: восстановите данные из резервной копии.',
  ],
  [
    /lock file "postmaster.pid" already exists/,
    'Папку базы уже занял другой процесс PostgreSQL. Остановите его и запустите центр снова.',
  ],
  [
    /error while loading shared libraries|cannot execute|Exec format error|spawn.* (?:ENOENT|ENOEXEC|EACCES)/,
    'Встроенный PostgreSQL не запускается в этой системе (нет нужных библиотек или диск подключён с noexec). Поставьте PostgreSQL 15 или новее и задайте DATABASE_URL.',
  ],
  [
    /invalid locale|locale name|encoding mismatch/,
    'Система не знает нужную локаль. Задайте LC_ALL=C и запустите снова.',
  ],
]

/** Joins what failed, what to do about it, and the end of PostgreSQL's own log. */
export function explainFailure(whatFailed: string, output: string): EmbeddedDatabaseError {
  const known = ADVICE.find(([pattern]) => pattern.test(output))
  const advice =
    known?.[1] ??
    'Причина — в строках ниже. Можно взять другой сервер: задайте DATABASE_URL (PostgreSQL 15 или новее).'
  const tail = output.trim().split('\n').slice(-8).join('\n')
  return new EmbeddedDatabaseError(`${whatFailed} ${advice}${tail === '' ? '' : `\n${tail}`}`)
}

/** The system's error code (`EACCES`, `28P01`…) of whatever was thrown, or nothing. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}
