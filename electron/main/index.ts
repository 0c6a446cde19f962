/** Entry of the installed program: the command line after `--cli`, the window otherwise. */
import { app } from 'electron';
import { readArguments } from './arguments.ts';
import { runCommand } from './command.ts';
import { settleFolders } from './paths.ts';
import { runDesktop } from './studio.ts';

const args = readArguments(process.argv);
if (args.cli) {
  // Awaited here, before Electron is ready: so no display is needed and no window system is touched.
  app.exit(await runCommand(args.cli));
} else {
  settleFolders();
  runDesktop(args);
}
