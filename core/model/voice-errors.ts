/** The error table's part about recording a voice. The microphone's are told by the page, which alone can ask for one. */
import { entry, type ErrorEntry } from './error-entry.ts';

export const VOICE_ERRORS = {
  microphone_denied: entry(
    403,
    false,
    '没有使用麦克风的许可',
    'The microphone may not be used',
    '在系统的隐私设置里允许本程序使用麦克风；在浏览器里点地址栏旁的标志允许。然后再试。',
    'Allow this program the microphone in the system’s privacy settings; in a browser, by the sign beside the address. Then try again.',
  ),
  microphone_missing: entry(
    404,
    false,
    '没有找到麦克风',
    'No microphone was found',
    '接上麦克风或耳麦，再试一次。',
    'Connect a microphone or headset and try again.',
  ),
  microphone_busy: entry(
    409,
    true,
    '麦克风打不开，可能正被别的程序占用',
    'The microphone cannot be opened; another program may hold it',
    '关掉正在用麦克风的程序（会议、录音），再试一次，或换一个麦克风。',
    'Close what uses it (a meeting, a recorder) and try again, or choose another one.',
  ),
  microphone_lost: entry(
    410,
    true,
    '麦克风断开了，录音停在这里',
    'The microphone was disconnected; the recording ends here',
    '已经录下的都还在；重新接好，可以从这里接着录。',
    'What was recorded is kept; connect it again and go on from here.',
  ),
  microphone_needs_localhost: entry(
    403,
    false,
    '这个网页地址不能使用麦克风',
    'The microphone cannot be used at this address',
    '用桌面程序，或用启动时给出的 127.0.0.1 地址打开。',
    'Use the desktop program, or open the 127.0.0.1 address that was given at the start.',
  ),
  take_empty: entry(
    400,
    false,
    '这段录音里没有声音',
    'There is no sound in this recording',
    '丢掉它，重新录一次。',
    'Throw it away and record again.',
  ),
} as const satisfies Record<string, ErrorEntry>;
