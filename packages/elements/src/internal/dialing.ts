import { asFailure } from '@multiline/core';
import type { CrmRecord, Failure, Workspace } from '@multiline/core';
import { atom } from 'nanostores';
import type { ReadableAtom, WritableAtom } from 'nanostores';
import { MlDialEvent, MlPopEvent, MlSendEvent } from '../events/intents.ts';

/** A dial that did not go out, until the next one: whichever element asked, the phone shows why. */
const failures = new WeakMap<Workspace, WritableAtom<Failure | null>>();

const failureOf = (workspace: Workspace): WritableAtom<Failure | null> => {
  let store = failures.get(workspace);
  if (!store) failures.set(workspace, (store = atom<Failure | null>(null)));
  return store;
};

/** Why the last dial from an element of this page did not go out, or null. */
export function dialFailure(workspace: Workspace): ReadableAtom<Failure | null> {
  return failureOf(workspace);
}

/** The person has seen it, or goes on to something else. */
export function forgetDialFailure(workspace: Workspace): void {
  failureOf(workspace).set(null);
}

/** Dispatches `ml-dial` and, if nobody took it over, dials. Resolves with whether a call went out. */
export async function dial(
  from: HTMLElement,
  workspace: Workspace,
  number: string,
  record: CrmRecord | null = null,
): Promise<boolean> {
  if (!from.dispatchEvent(new MlDialEvent(number, record))) return false;
  const failure = failureOf(workspace);
  failure.set(null);
  try {
    await workspace.dial(number, record ? { record } : {});
    return true;
  } catch (thrown) {
    failure.set(asFailure(thrown));
    return false;
  }
}

/** Dispatches `ml-send` and, if nobody took it over, opens the device's own messages: the line carries none. */
export function message(from: HTMLElement, number: string, record: CrmRecord | null = null): void {
  if (!from.dispatchEvent(new MlSendEvent(number, '', record))) return;
  const anchor = document.createElement('a');
  anchor.href = `sms:${encodeURIComponent(number).replace('%2B', '+')}`;
  anchor.click();
}

/** Dispatches `ml-pop` and, if nobody took it over, opens the record. */
export async function pop(from: HTMLElement, workspace: Workspace, record: CrmRecord): Promise<void> {
  if (!from.dispatchEvent(new MlPopEvent(record))) return;
  await workspace.pop(record);
}
