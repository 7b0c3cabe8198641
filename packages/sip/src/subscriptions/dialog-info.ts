import type { RemoteParty } from '@multiline/core';
import { Grammar } from 'sip.js';
import { addressText, plainText } from '../headers.ts';

/** A dialog of our address, as a server tells of it (RFC 4235 §4.1). */
export interface DialogInfo {
  readonly id: string;
  /** Absent where the server hides it. */
  readonly callId?: string;
  /** Who began it; absent where the server does not say. */
  readonly direction?: 'initiator' | 'recipient';
  readonly state: 'trying' | 'proceeding' | 'early' | 'confirmed' | 'terminated';
  /** What made the state (§3.7.1), e.g. `cancelled`, and the response code that came with it. */
  readonly event?: string;
  readonly code?: number;
  readonly remote?: RemoteParty;
}

export interface DialogInfoDocument {
  readonly version: number;
  /** `partial` tells only of dialogs that changed. */
  readonly state: 'full' | 'partial';
  readonly dialogs: readonly DialogInfo[];
}

/** In characters. A desk has a handful of calls. */
const LONGEST = 64 * 1024;
const MOST_DIALOGS = 100;
const STATES = ['trying', 'proceeding', 'early', 'confirmed', 'terminated'] as const;

/**
 * Reads `application/dialog-info+xml`. null for whatever is too long, has a document type (entities), is no XML or none of this
 * kind; a dialog that makes no sense is left out.
 */
export function readDialogInfo(text: string): DialogInfoDocument | null {
  if (text.length > LONGEST || /<!DOCTYPE/i.test(text)) return null;
  const root = new DOMParser().parseFromString(text.trimStart(), 'application/xml').documentElement;
  if (root.localName !== 'dialog-info' || root.getElementsByTagName('parsererror').length > 0) return null;
  const version = Number(root.getAttribute('version') ?? Number.NaN);
  if (!Number.isSafeInteger(version) || version < 0) return null;
  const state = root.getAttribute('state') === 'partial' ? 'partial' : 'full';
  const dialogs = children(root, 'dialog').slice(0, MOST_DIALOGS).flatMap(readDialog);
  return { version, state, dialogs };
}

function readDialog(element: Element): readonly DialogInfo[] {
  const id = element.getAttribute('id') ?? '';
  const stated = children(element, 'state')[0];
  const named = stated?.textContent.trim().toLowerCase();
  const state = STATES.find((known) => known === named);
  if (id === '' || !stated || !state) return [];
  const callId = element.getAttribute('call-id') ?? '';
  const direction = (['initiator', 'recipient'] as const).find((known) => known === element.getAttribute('direction'));
  const event = stated.getAttribute('event')?.toLowerCase();
  const code = Number(stated.getAttribute('code') ?? Number.NaN);
  const remote = readParty(children(element, 'remote')[0]);
  return [
    {
      id,
      state,
      ...(callId === '' ? {} : { callId }),
      ...(direction && { direction }),
      ...(event === undefined ? {} : { event }),
      ...(code >= 100 && code < 700 ? { code } : {}),
      ...(remote && { remote }),
    },
  ];
}

/** The identity; where a server gives only the target, that. */
function readParty(element: Element | undefined): RemoteParty | undefined {
  const identity = element && children(element, 'identity')[0];
  const target = element && children(element, 'target')[0]?.getAttribute('uri');
  const address = identity?.textContent.trim() ?? target ?? '';
  const uri = Grammar.URIParse(address.replace(/^tel:([^;]*).*$/i, 'sip:$1@tel.invalid'));
  if (!uri) return undefined;
  const named = addressText(uri);
  const name = plainText(identity?.getAttribute('display') ?? '');
  return name === '' || name === named ? { address: named } : { address: named, name };
}

function children(element: Element, name: string): Element[] {
  return [...element.children].filter(({ localName }) => localName === name);
}
