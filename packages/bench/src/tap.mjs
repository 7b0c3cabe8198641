/**
 * Runs in a page before anything else: notes when the button was clicked, when an INVITE was handed to a WebSocket, and when
 * one came out of it. Times in the page's own `performance.now()`.
 */
export function tap() {
  const times = { clicked: 0, sent: [], received: [] };
  globalThis.tapped = times;
  const invite = (data) => typeof data === 'string' && data.startsWith('INVITE ');
  addEventListener('click', (event) => (times.clicked = event.timeStamp), { capture: true });
  const { WebSocket } = globalThis;
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (invite(data)) times.received.push(performance.now());
      });
    }
    send(data) {
      if (invite(data)) times.sent.push(performance.now());
      super.send(data);
    }
  };
}
