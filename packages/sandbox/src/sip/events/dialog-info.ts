import type { WatchedDialog } from '../watched-dialogs.ts';
import { isE164 } from '../directory.ts';
import type { EventPackage } from './subscriptions.ts';
import { xmlText } from './xml.ts';

/** The calls a user has on any device (RFC 4235), for colleagues and for the user's other devices. */
export function dialogInfo(domain: string, dialogsOf: (user: string) => readonly WatchedDialog[]): EventPackage {
  return {
    name: 'dialog',
    contentType: 'application/dialog-info+xml',
    allows: (watcher, user) => watcher === user || (!isE164(watcher) && !watcher.startsWith('guest-')),
    body(user, version) {
      const head =
        `<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${String(version)}" state="full" ` +
        `entity="${xmlText(`sip:${user}@${domain}`)}">`;
      const own = `<identity>${xmlText(`sip:${user}@${domain}`)}</identity>`;
      const dialogs = dialogsOf(user).map((dialog) => dialogElement(dialog, own));
      return ['<?xml version="1.0"?>', head, ...dialogs, '</dialog-info>', ''].join('\n');
    },
  };
}

function dialogElement(dialog: WatchedDialog, own: string): string {
  const { id, callId, localTag, remoteTag, direction, state, ended, remote, target } = dialog;
  const attribute = (name: string, value: string | undefined) =>
    value === undefined ? '' : ` ${name}="${xmlText(value)}"`;
  const names =
    attribute('id', id) +
    attribute('call-id', callId) +
    attribute('local-tag', localTag) +
    attribute('remote-tag', remoteTag) +
    attribute('direction', direction);
  const local = `<local>${own}${target === undefined ? '' : `<target${attribute('uri', target)}/>`}</local>`;
  const display = attribute('display', remote.display === '' ? undefined : remote.display);
  return (
    `<dialog${names}><state${attribute('event', ended)}>${state}</state>${local}` +
    `<remote><identity${display}>${xmlText(remote.uri)}</identity></remote></dialog>`
  );
}
