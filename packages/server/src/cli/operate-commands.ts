// The words of commands over the whole database: its copies, its upgrade, its health.

import type { Command } from 'commander'
import { lazily } from './lazily.ts'

export function addOperateCommands(program: Command): void {
  program
    .command('backup <folder>')
    .description('копия всей базы в новую папку; центр при этом работает')
    .option('--json', 'для программ')
    .action(lazily(() => import('./backup.ts'), 'takeBackupNow'))
  program
    .command('restore <folder>')
    .description('наполнить пустую базу копией и сверить терминалы с её времени')
    .action(lazily(() => import('./backup.ts'), 'restoreBackupNow'))
  program
    .command('upgrade')
    .description('проверить обновление базы на её копии, настоящую не трогая')
    .option('--check', 'применить миграции к копии и сверить суммы')
    .option('--scratch <url>', 'пустая база для копии; иначе она создаётся рядом и удаляется')
    .option('--json', 'для программ')
    .action(lazily(() => import('./upgrade.ts'), 'checkUpgradeNow'))
  program
    .command('doctor')
    .description('проверить всё: настройки, базу, диск, терминалы, SMS, вебхуки')
    .option('--call', 'отправить приёмникам вебхуков меченые события')
    .option('--json', 'для программ')
    .action(lazily(() => import('./doctor.ts'), 'examineNow'))
}
