/**
 * Runs in a page before anything else: notes when the button was clicked, when an INVITE was handed to a WebSocket, when one
 * came out of it, when a registration was taken, how much was said on sockets, and which peer connections live. Times in the
 * page's own `performance.now()`. Of each the newest few: what is measured may not grow by the measuring.
 */
export function tap() {
  const times = { clicked: 0, sent: [], received: [], registered: [], messages: 0, opened: 0, closed: 0 };
  globalThis.tapped = times;
  const KEPT = 20;
  const note = (list) => {
    if (list.push(performance.now()) > KEPT) list.shift();
  };
  const invite = (data) => typeof data === 'string' && data.startsWith('INVITE ');
  const taken = (data) =>
    typeof data === 'string' && data.startsWith('SIP/2.0 200 ') && /^CSeq: *\d+ REGISTER/im.test(data);
  addEventListener('click', (event) => (times.clicked = event.timeStamp), { capture: true });
  const { WebSocket } = globalThis;
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        times.messages += 1;
        if (invite(data)) note(times.received);
        if (taken(data)) note(times.registered);
      });
    }
    send(data) {
      times.messages += 1;
      if (invite(data)) note(times.sent);
      super.send(data);
    }
  };
  const { RTCPeerConnection } = globalThis;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...args) {
      super(...args);
      times.opened += 1;
      // The last one only: a list of them would keep what the page has let go.
      times.connection = new WeakRef(this);
    }
    close() {
      if (this.signalingState !== 'closed') times.closed += 1;
      super.close();
    }
  };
}
