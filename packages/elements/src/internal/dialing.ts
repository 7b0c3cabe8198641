import type { CrmRecord, Workspace } from '@multiline/core';
import { MlDialEvent, MlPopEvent, MlSendEvent } from '../events/intents.ts';

/**
 * Dispatches `ml-dial` and, if nobody took it over, dials. Resolves with whether a call went out; why it did not, the
 * workspace's `$failure` says.
 * @param callerId which of the user's numbers is seen; null: the default one; without it the one remembered
 */
export async function dial(
  from: HTMLElement,
  workspace: Workspace,
  number: string,
  record: CrmRecord | null = null,
  callerId?: string | null,
): Promise<boolean> {
  if (!from.dispatchEvent(new MlDialEvent(number, record))) return false;
  return workspace.dial(number, { ...(record && { record }), ...(callerId !== undefined && { callerId }) }).then(
    () => true,
    () => false,
  );
}

/**
 * Call in a list is the choice itself: what waits for a target gets it, else it is dialed. Only who wants to edit numbers first
 * gets it into the field (MV-30).
 */
export function callFromList(from: HTMLElement, workspace: Workspace, number: string, record: CrmRecord | null): void {
  if (workspace.$targeting.get() || workspace.$settings.get().dialMode === 'edit') pick(workspace, number, record);
  else void dial(from, workspace, number, record);
}

/** A person of a list was chosen, as a number on a page is by a click: the field shows whom, unless clicks dial at once. */
export function chooseFromList(
  from: HTMLElement,
  workspace: Workspace,
  number: string,
  record: CrmRecord | null,
): void {
  if (workspace.$settings.get().dialMode === 'immediate') callFromList(from, workspace, number, record);
  else pick(workspace, number, record);
}

function pick(workspace: Workspace, number: string, record: CrmRecord | null): void {
  workspace.pickNumber(number, record).catch(() => undefined);
}

/** Dispatches `ml-send` and, if nobody took it over, opens the device's own messages: the line carries none. */
export function message(from: HTMLElement, number: string, record: CrmRecord | null = null): void {
  if (!from.dispatchEvent(new MlSendEvent(number, '', record))) return;
  const anchor = document.createElement('a');
  anchor.href = `sms:${encodeURIComponent(number).replace('%2B', '+')}`;
  anchor.click();
}

/**
 * Dispatches `ml-pop` and, if nobody took it over, has the host open the record. Answers whether one of them does: if not,
 * the record's link is left.
 */
export function pop(from: HTMLElement, workspace: Workspace, record: CrmRecord): boolean {
  if (!from.dispatchEvent(new MlPopEvent(record))) return true;
  if (!workspace.host?.pop) return false;
  void workspace.pop(record);
  return true;
}
