// What SIPp does in a call, as its XML. Its statistics are right only when each call went exactly like this.

const INVITE_BRANCH = 'z9hG4bK-[pid]-[call_number]-invite';
const AUDIO = `v=0
o=sipp 1 [cseq] IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 0
a=rtpmap:0 PCMU/8000`;

const send = (text, attributes = '') => `  <send${attributes}><![CDATA[\n\n${text}\n\n]]></send>`;
const receive = (what, attributes = '') => `  <recv ${what}${attributes}/>`;
const pause = (ms) => `  <pause milliseconds="${ms}"/>`;
const withBody = (body) =>
  body ? `Content-Type: application/sdp\nContent-Length: [len]\n\n${body}` : 'Content-Length: 0\n';

/** A request of ours; Lucy is in the memory CRM. */
function request(method, { to = '[peer_tag_param]', target = '[next_url]\n[routes]', branch, cseq = method, body }) {
  const [uri, ...route] = target.split('\n');
  return [
    `${method} ${uri} SIP/2.0`,
    ...route,
    `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${branch ?? '[branch]'}`,
    'Max-Forwards: 70',
    'From: "Lucy" <sip:+14155550101@servers.test>;tag=[pid]-[call_number]',
    `To: <sip:[service]@servers.test>${to}`,
    'Call-ID: [call_id]',
    `CSeq: ${cseq}`,
    'Contact: <sip:lucy@[local_ip]:[local_port]>',
    // What both sides know a call by, where Call-ID cannot be that.
    ...(method === 'INVITE' ? ['X-Correlation-ID: [call_id]'] : []),
    withBody(body),
  ].join('\n');
}

/** An answer to what came last. */
const response = (status, { tag = '', body } = {}) =>
  [
    `SIP/2.0 ${status}`,
    '[last_Via:]',
    '[last_From:]',
    `[last_To:]${tag}`,
    '[last_Call-ID:]',
    '[last_CSeq:]',
    ...(body ? ['[last_Record-Route:]', 'Contact: <sip:echo@[local_ip]:[local_port]>'] : []),
    withBody(body),
  ].join('\n');

const callee = 'sip:[service]@servers.test';
const first = { target: callee, branch: INVITE_BRANCH };
const invite = [
  send(request('INVITE', { ...first, to: '', cseq: '1 INVITE', body: AUDIO }), ' retrans="500" start_rtd="1"'),
  receive('response="100" optional="true"'),
];
const rings = receive('response="180" optional="true"');
const answer = [receive('response="200" rrs="true" rtd="1"'), send(request('ACK', { cseq: '1 ACK' }))];
const confirm = send(request('ACK', { ...first, cseq: '1 ACK' }));
const hangUp = [send(request('BYE', { cseq: '2 BYE' }), ' retrans="500"'), receive('response="200"')];
const tag = ';tag=[pid]-[call_number]';
const rung = [receive('request="INVITE" rrs="true"'), send(response('180 Ringing', { tag }))];

/** Takes new offers, until the other side hangs up. */
const untilHungUp = [
  '  <label id="1"/>',
  // Whoever does not know whether we have heard a confirmation sends it again (RFC 3261 §13.3.1.4).
  receive('request="ACK" optional="true" next="1"'),
  receive('request="INVITE" optional="true" next="2"'),
  receive('request="BYE"', ' next="3"'),
  '  <label id="2"/>',
  send(response('200 OK', { body: AUDIO }), ' retrans="500"'),
  receive('request="BYE" optional="true" next="3"'),
  receive('request="ACK"', ' next="1"'),
  '  <label id="3"/>',
  send(response('200 OK')),
];

/** A request of the called, within the call: its From is the caller's To, kept from the ACK. */
const within = (method, lines) =>
  [
    `${method} [next_url] SIP/2.0`,
    'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
    'Max-Forwards: 70',
    'From:[$2]',
    'To:[$1]',
    'Call-ID: [call_id]',
    `CSeq: 1 ${method}`,
    ...lines,
  ].join('\n');
const kept = ['From', 'To']
  .map((name, index) => `<ereg regexp=".*" search_in="hdr" header="${name}:" assign_to="${index + 1}"/>`)
  .join('');
/** Any key, by INFO. */
const anyKey = within('INFO', [
  'Content-Type: application/dtmf-relay',
  'Content-Length: [len]',
  '',
  'Signal=5',
  'Duration=160',
]);

/** What a registered phone may be told of its mailbox (RFC 3842) is a call of its own to SIPp. */
const mailbox = receive('request="NOTIFY" optional="true" next="4"');
const mailboxTold = ['  <label id="4"/>', send(response('200 OK'))];
/** The one call that it was there for is over, and so is SIPp. */
const over = '  <nop next="5"><action><exec int_cmd="stop_gracefully"/></action></nop>';
const end = '  <label id="5"/>';

const registration = (extra = []) =>
  [
    'REGISTER sip:servers.test SIP/2.0',
    'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
    'Max-Forwards: 70',
    'From: <sip:[service]@servers.test>;tag=[pid]-[call_number]',
    'To: <sip:[service]@servers.test>',
    'Call-ID: [call_id]',
    'CSeq: [cseq] REGISTER',
    'User-Agent: Desk phone',
    'Contact: <sip:[service]@[reached_at]>',
    'Expires: 60',
    ...extra,
    'Content-Length: 0\n',
  ].join('\n');

const scenarios = {
  /** Calls, is answered, and hangs up after a moment. */
  completed: [...invite, rings, ...answer, pause(300), ...hangUp],
  /** Calls, is answered, and the other side hangs up. */
  'hung-up': [...invite, rings, ...answer, receive('request="BYE"'), send(response('200 OK'))],
  /** Calls, and is refused as busy. */
  refused: [...invite, rings, receive('response="486" rtd="1"'), confirm],
  /** Calls, and gives up while it rings. */
  cancelled: [
    ...invite,
    receive('response="180" rtd="1"'),
    pause(200),
    send(request('CANCEL', { ...first, to: '', cseq: '1 CANCEL' }), ' retrans="500"'),
    receive('response="200"'),
    receive('response="487"'),
    confirm,
  ],
  /** Answers, and any further INVITE too, until the other side hangs up; `-rtp_echo` gives its audio back. */
  echo: [
    ...rung,
    send(response('200 OK', { tag, body: AUDIO }), ' retrans="500"'),
    receive('request="ACK"'),
    ...untilHungUp,
  ],
  /** Tells the server where somebody's phone is. */
  register: [
    send(registration()),
    receive('response="401" auth="true"'),
    send(registration(['[authentication]'])),
    receive('response="200"'),
  ],
  /** A phone that its person answers after a moment and presses a key at, until the other side hangs up. */
  'answers-with-a-key': [
    mailbox,
    ...rung,
    pause(500),
    send(response('200 OK', { tag, body: AUDIO }), ' retrans="500"'),
    `  <recv request="ACK"><action>${kept}</action></recv>`,
    pause(500),
    send(anyKey, ' retrans="500"'),
    receive('response="200"'),
    ...untilHungUp,
    over,
    ...mailboxTold,
    end,
  ],
  /** A phone that rings until the other side gives up. */
  'only-rings': [
    mailbox,
    ...rung,
    receive('request="CANCEL"'),
    send(response('200 OK')),
    send(response('487 Request Terminated', { tag }).replace('[last_CSeq:]', 'CSeq: 1 INVITE')),
    receive('request="ACK"'),
    over,
    ...mailboxTold,
    end,
  ],
  /** A phone at which its person declines after a moment. */
  declines: [
    mailbox,
    ...rung,
    pause(500),
    send(response('603 Decline', { tag }), ' retrans="500"'),
    receive('request="ACK"'),
    over,
    ...mailboxTold,
    end,
  ],
};

/** The XML of a scenario, by its name. */
export function scenarioXml(name) {
  const steps = scenarios[name];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="${name}">\n${steps.join('\n')}\n</scenario>\n`;
}
