import type { PlainFact } from '../facts.ts';
import type { Clock } from '../ports/clock.ts';
import type { LineStatus } from '../ports/line.ts';

/** How many lines are kept. */
const KEPT = 300;

/** What happened last at this desk, in memory, for support (MV-53): no secrets, no notes, no names, no whole numbers. */
export interface DeskLog {
  fact(fact: PlainFact): void;
  line(status: LineStatus): void;
  /** Forgets everything. */
  clear(): void;
  /** With the line's own lines among them, oldest first, behind what the desk is made of. */
  text(about: Readonly<Record<string, string>>, lineLog: readonly string[]): string;
}

export function createDeskLog(clock: Clock): DeskLog {
  const kept: string[] = [];

  function add(text: string): void {
    kept.push(`${new Date(clock.now()).toISOString()} ${text}`);
    if (kept.length > KEPT) kept.shift();
  }

  return {
    fact(fact) {
      if ('failure' in fact) add(`ml-error ${fact.failure.code}`);
      else if ('call' in fact) {
        const { id, direction, number, phase, reason, device, log } = fact.call;
        add([fact.type, id, direction, shortened(number), device, phase, reason ?? '', `log ${log.state}`].join(' '));
      } else add(fact.type);
    },
    line: (status) => add(`line ${status.state}${'failure' in status ? ` ${status.failure.code}` : ''}`),
    clear: () => void kept.splice(0),
    text(about, lineLog) {
      const head = Object.entries(about).map(([name, value]) => `${name}: ${value}`);
      const all = [...kept, ...lineLog.map(redacted)].sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
      return [`MultiLine ${new Date(clock.now()).toISOString()}`, ...head, '', ...all].join('\n');
    },
  };
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z/;
const timeOf = (line: string): string => TIME.exec(line)?.[0] ?? '';

/** The last two digits: enough to tell two calls apart. */
const shortened = (number: string): string => number.replace(/\+?\d[\d\s().-]*(\d\d)/g, '…$1');

/** A line of another log, which should hold no secret: nothing that looks like one, or like a number, passes. */
function redacted(line: string): string {
  const time = timeOf(line);
  const text = line
    .slice(time.length)
    .replace(/\b(authorization|proxy-authorization|password|secret|token)\b\s*[:=].*/gi, '$1 (left out)')
    .replace(/(sips?:)\+?[\d…]*(\d\d)(?=@)/gi, '$1…$2')
    .replace(/\+?\d[\d…]{2,}(\d\d)(?!\d)/g, '…$1');
  return time + text;
}
