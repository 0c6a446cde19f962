/** The commands that install ffmpeg and ffprobe, by system. */
import { readFileSync } from 'node:fs';

export type ToolName = 'ffmpeg' | 'ffprobe';

const NPM_PACKAGE: Record<ToolName, string> = { ffmpeg: 'ffmpeg-static', ffprobe: '@ffprobe-installer/ffprobe' };

/**
 * The system's own command. `osRelease` is the text of /etc/os-release (Linux only), whose ID and ID_LIKE name the
 * family (https://www.freedesktop.org/software/systemd/man/os-release.html). Debian's command is the default: UOS,
 * deepin, Kylin and Ubuntu are of its family and are what offices here run.
 */
export function systemCommand(platform: NodeJS.Platform, osRelease: string): string {
  if (platform === 'win32') return 'winget install Gyan.FFmpeg';
  if (platform === 'darwin') return 'brew install ffmpeg';
  const families = [...osRelease.matchAll(/^(?:ID|ID_LIKE)=(.*)$/gm)]
    .map((match) => (match[1] ?? '').toLowerCase())
    .join(' ');
  if (/fedora|rhel|centos|openeuler|anolis|rocky|almalinux/.test(families)) return 'sudo dnf install ffmpeg';
  if (/arch/.test(families)) return 'sudo pacman -S ffmpeg';
  if (/suse/.test(families)) return 'sudo zypper install ffmpeg';
  return 'sudo apt install ffmpeg';
}

function readOsRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return ''; // not Linux, or a system without the file: the default command is named
  }
}

/** What to run on this computer to get `tool`, as a person would type it. */
export function installCommands(tool: ToolName): string[] {
  return [
    systemCommand(process.platform, process.platform === 'linux' ? readOsRelease() : ''),
    `npm rebuild ${NPM_PACKAGE[tool]}`,
  ];
}
