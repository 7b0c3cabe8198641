import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freeUdpPort } from './free-port.mjs';
import { programPath } from './installed.mjs';
import { startProcess } from './server-process.mjs';
import { scenarioXml } from './sipp-scenarios.mjs';

/** Where SIPp is: what the servers know as their trunk. */
export const TRUNK_ADDRESS = '127.0.0.2';
/** Where a desk phone is: the trunk's address needs no password. */
const DESK_ADDRESS = '127.0.0.3';
/** No step of a call takes longer. */
const STEP_MS = 20_000;

/**
 * SIPp at the trunk's address. Answers `{ home, over, log, exited, stop }`: where its statistics are ({@link sippCalls}), whether it
 * has ended.
 * @param directory where it may leave files
 * @param what `{ scenario }` with either `{ server, to, calls, rate }`: so many calls, so many of them a second, to a number at
 *   `host:port`; or `{ port }`: waits for calls. `address`: another one than the trunk's; `more`: further arguments
 */
export async function startSipp(directory, what) {
  const { scenario, server, to, calls, rate, port, address = TRUNK_ADDRESS, more = [] } = what;
  const home = await mkdtemp(join(directory, `sipp-${scenario}-`));
  await writeFile(join(home, 'scenario.xml'), scenarioXml(scenario));
  const caller = server
    ? [server, '-s', to, '-m', calls, '-r', rate, '-l', calls, '-cid_str', `${scenario}-%u-%p@%s`]
    : ['-rtp_echo', '-p', port];
  const args = ['-sf', 'scenario.xml', '-i', address, '-mi', address, '-nostdin', '-recv_timeout', STEP_MS, ...more];
  const kept = ['-trace_err', '-error_file', 'errors', '-trace_stat', '-stf', 'statistics', '-fd', '1'];
  const measured = ['-trace_rtt', '-rtt_freq', '1'];
  const program = startProcess('SIPp', programPath('sipp'), [...caller, ...args, ...kept, ...measured].map(String), {
    cwd: home,
  });
  return {
    home,
    get over() {
      return program.over;
    },
    log: program.log,
    exited: program.exited,
    stop: program.stop,
  };
}

/**
 * SIPp as somebody's desk phone by plain SIP and RTP, registered, for one call. Answers as {@link startSipp}.
 * @param phone `{ scenario, server, user }`; the password is the user's name
 */
export async function startDeskPhone(directory, { scenario, server, user }) {
  const port = await freeUdpPort(DESK_ADDRESS);
  const phone = await startSipp(directory, { scenario, port, address: DESK_ADDRESS });
  const signedIn = ['-au', user, '-ap', user, '-key', 'reached_at', `${DESK_ADDRESS}:${port}`];
  const once = { server, to: user, calls: 1, rate: 1, address: DESK_ADDRESS };
  const registering = await startSipp(directory, { scenario: 'register', ...once, more: signedIn });
  if ((await registering.exited(STEP_MS)) !== 0)
    throw new Error(`The desk phone did not register:\n${registering.log()}`);
  return phone;
}

/**
 * SIPp's own statistics, `{ created, successful, failed, responseMs: { median, p95, longest }, errors }`; the response is the one
 * its scenario waits for.
 * @param home as {@link startSipp} answered it
 */
export async function sippCalls(home) {
  const text = (name) => readFile(join(home, name), 'utf8').catch(() => '');
  const [names, ...rows] = (await text('statistics')).trim().split('\n');
  const values = rows.at(-1)?.split(';') ?? [];
  const value = (name) => Number(values[names.split(';').indexOf(name)] ?? 0);
  const file = (await readdir(home)).find((name) => name.endsWith('_rtt.csv'));
  const lines = file ? (await text(file)).trim().split('\n').slice(1) : [];
  const times = lines.map((line) => Number(line.split(';')[1])).sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  return {
    created: value('TotalCallCreated'),
    successful: value('SuccessfulCall(C)'),
    failed: value('FailedCall(C)'),
    responseMs: { median: at(0.5), p95: at(0.95), longest: times.at(-1) },
    errors: (await text('errors')).slice(0, 2_000),
  };
}
