/** How the signing key is kept: looked at, changed, opened. No passphrase goes further than the vault. */
import { appendAudit } from '../audit/index.ts';
import { actorOf, type Call } from '../call.ts';
import type { KeyKept, KeyProtection } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import type { KeyForm } from '../ports/index.ts';

/** Error: file_missing, file_unreadable, key_damaged. */
export function keyProtection(call: Call): Promise<KeyProtection> {
  return call.workspace.ports.vault.protection();
}

async function write(call: Call, action: string, data: Record<string, unknown>): Promise<void> {
  const entry = { action, subject: call.workspace.info.workspaceId, data };
  await call.db.transaction().execute(async (tx) => {
    await appendAudit(tx, actorOf(call).userId, call.machine.clock.now(), [entry]);
  });
  call.emit({ type: 'key.changed' });
}

function formOf(input: { kept: KeyKept; passphrase?: string | undefined }): KeyForm {
  const { kept, passphrase } = input;
  if (kept !== 'passphrase') return { kept };
  if (passphrase === undefined) throw new StudioError('bad_input', { what: 'passphrase' });
  return { kept, passphrase };
}

/**
 * Keeps the key in another form and writes down that it was done. Errors: as `KeyVault.protect`.
 */
export async function protectKey(
  call: Call,
  input: { kept: KeyKept; passphrase?: string | undefined; present?: string | undefined },
): Promise<KeyProtection> {
  const { vault } = call.workspace.ports;
  const before = await vault.protection();
  await vault.protect(formOf(input), input.present);
  await write(call, 'key.protect', { from: before.kept, to: input.kept });
  return vault.protection();
}

/** Error: wrong_passphrase, key_damaged. */
export async function unlockKey(call: Call, passphrase: string): Promise<KeyProtection> {
  const { vault } = call.workspace.ports;
  try {
    await vault.unlock(passphrase);
  } catch (error) {
    call.machine.log.warn('signing key not unlocked', { user: actorOf(call).userId });
    throw error;
  }
  await write(call, 'key.unlock', {});
  return vault.protection();
}
