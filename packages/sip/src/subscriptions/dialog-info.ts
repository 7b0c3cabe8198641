import type { RemoteParty } from '@multiline/core';
import { Grammar } from 'sip.js';
import { addressText, plainText } from '../headers.ts';
import { readXml, type XmlElement } from './xml.ts';

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
  const root = readXml(text.trim());
  if (root?.name !== 'dialog-info') return null;
  const version = Number(root.attributes.get('version') ?? Number.NaN);
  if (!Number.isSafeInteger(version) || version < 0) return null;
  const state = root.attributes.get('state') === 'partial' ? 'partial' : 'full';
  const dialogs = children(root, 'dialog').slice(0, MOST_DIALOGS).flatMap(readDialog);
  return { version, state, dialogs };
}

function readDialog(element: XmlElement): readonly DialogInfo[] {
  const id = element.attributes.get('id') ?? '';
  const stated = children(element, 'state')[0];
  const named = stated?.text.trim().toLowerCase();
  const state = STATES.find((known) => known === named);
  if (id === '' || !stated || !state) return [];
  const callId = element.attributes.get('call-id') ?? '';
  const direction = (['initiator', 'recipient'] as const).find(
    (known) => known === element.attributes.get('direction'),
  );
  const event = stated.attributes.get('event')?.toLowerCase();
  const code = Number(stated.attributes.get('code') ?? Number.NaN);
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
function readParty(element: XmlElement | undefined): RemoteParty | undefined {
  const identity = element && children(element, 'identity')[0];
  const target = element && children(element, 'target')[0]?.attributes.get('uri');
  const address = identity?.text.trim() ?? target ?? '';
  const uri = Grammar.URIParse(address.replace(/^tel:([^;]*).*$/i, 'sip:$1@tel.invalid'));
  if (!uri) return undefined;
  const named = addressText(uri);
  const name = plainText(identity?.attributes.get('display') ?? '');
  return name === '' || name === named ? { address: named } : { address: named, name };
}

function children(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}
