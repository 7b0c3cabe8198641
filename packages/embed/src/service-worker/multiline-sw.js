/*
 * Shows what pages of this origin ask for as notifications with buttons, and tells the page that asked which one was pressed
 * (MV-47). Host it on the origin of the page: <ml-workspace service-worker="/multiline-sw.js">. It keeps nothing and answers
 * no request. A service worker of your own may do the same: importScripts('/multiline-sw.js').
 */
(() => {
  'use strict';
  /** What pages ask for is done in the order they ask. */
  let turn = Promise.resolve();

  self.addEventListener('message', (event) => {
    const { data, source, origin } = event;
    if (origin !== self.location.origin || source?.type !== 'window') return;
    if (data?.multiline !== 'show' && data?.multiline !== 'close') return;
    turn = turn.then(() => (data.multiline === 'show' ? show(data, source) : close(data.tag))).catch(() => undefined);
    event.waitUntil(turn);
  });

  self.addEventListener('notificationclick', (event) => {
    const { data, tag } = event.notification;
    if (data?.multiline !== 'notice') return;
    event.notification.close();
    event.waitUntil(pressed(tag, event.action, data));
  });

  function show({ title, options }, { id, url }) {
    return self.registration.showNotification(title, { ...options, data: { multiline: 'notice', page: id, url } });
  }

  async function close(tag) {
    for (const notification of await self.registration.getNotifications({ tag }))
      if (notification.data?.multiline === 'notice') notification.close();
  }

  /** The page that asked; if it is gone, every other one: whichever has taken the call over knows it by its tag. */
  async function pressed(tag, action, { page, url }) {
    const message = { multiline: 'pressed', tag, action: action || 'click' };
    const asked = await self.clients.get(page);
    const pages = asked ? [asked] : await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    for (const one of pages) one.postMessage(message);
    // Who declines stays where they are.
    if (action === 'decline') return;
    if (pages.length > 0) await pages[0].focus();
    else await self.clients.openWindow(url);
  }
})();
