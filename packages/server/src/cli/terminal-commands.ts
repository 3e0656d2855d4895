// The words of `byfly terminal` and their flags. What each does is in the files beside this one.

import type { Command } from 'commander'
import { lazily } from './lazily.ts'

export function addTerminalCommands(program: Command): void {
  const terminal = program.command('terminal').description('терминалы Kaspi Smart POS')
  addEntering(terminal)
  addOperating(terminal)
}

function addEntering(terminal: Command): void {
  terminal
    .command('add <name> <address>')
    .description('добавить терминал')
    .option('--port <port>', 'порт, если он не в адресе')
    .option('--camera <url>', 'адрес камеры')
    .option('--camera-id <id>', 'номер камеры при BYFLY_CAMERA_BASE')
    .option('--tls <mode>', 'доверие сертификату: strict, pinned или insecure')
    .option('--api <version>', 'версия API терминала: v2 или v1')
    .option('--own-cheque', 'фискальный чек делает касса, терминал его не печатает')
    .option('--country <iso>', 'страна по ISO 3166-1')
    .action(lazily(() => import('./terminal.ts'), 'addTerminalNow'))
  terminal
    .command('set <id>')
    .description('изменить; что не названо, остаётся')
    .option('--name <name>', 'имя')
    .option('--address <address>', 'адрес')
    .option('--port <port>', 'порт')
    .option('--country <iso>', 'страна по ISO 3166-1')
    .option('--camera <url>', 'адрес камеры или none')
    .option('--camera-id <id>', 'номер камеры при BYFLY_CAMERA_BASE')
    .option('--tls <mode>', 'доверие сертификату: strict, pinned или insecure')
    .option('--api <version>', 'версия API терминала: v2 или v1')
    .option('--own-cheque', 'фискальный чек делает касса')
    .option('--no-own-cheque', 'фискальный чек печатает терминал')
    .option('--enabled', 'вернуть в работу')
    .option('--no-enabled', 'вывести из работы')
    .action(lazily(() => import('./terminal.ts'), 'setTerminal'))
  terminal
    .command('list')
    .description('список')
    .action(lazily(() => import('./terminal.ts'), 'listTerminals'))
  terminal
    .command('remove <id>')
    .description('удалить')
    .action(lazily(() => import('./terminal.ts'), 'removeTerminalNow'))
}

function addOperating(terminal: Command): void {
  terminal
    .command('check <id>')
    .description('проверить связь, токен, камеру и остальное')
    .action(lazily(() => import('./terminal-duty.ts'), 'checkTerminalNow'))
  terminal
    .command('take-out <id>')
    .description('вывести из работы на время')
    .requiredOption('--reason <text>', 'почему')
    .action(lazily(() => import('./terminal-duty.ts'), 'takeOutNow'))
  terminal
    .command('return <id>')
    .description('вернуть в работу')
    .requiredOption('--reason <text>', 'почему')
    .action(lazily(() => import('./terminal-duty.ts'), 'bringBackNow'))
  terminal
    .command('resolve <id>')
    .description('снять карантин раньше срока')
    .requiredOption('--reason <text>', 'почему')
    .requiredOption('--evidence <text>', 'чем подтверждено, что терминал свободен')
    .action(lazily(() => import('./terminal-duty.ts'), 'resolveQuarantineNow'))
  terminal
    .command('register <id>')
    .description('получить токен: на экране терминала нужно нажать «Разрешить»')
    .option('--name <name>', 'имя центра на экране терминала', 'ByFly Pay')
    .action(lazily(() => import('./terminal-access.ts'), 'registerTerminalNow'))
  terminal
    .command('trust <id>')
    .description('доверять сертификату, который терминал показывает сейчас')
    .action(lazily(() => import('./terminal-access.ts'), 'trustTerminal'))
}
