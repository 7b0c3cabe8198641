import type { Call, Workspace } from '@multiline/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { spokenParty } from '../call/party.ts';
import type { StringKey } from '../strings/english.ts';
import '../strings/english-calls.ts';
import type { StringValues, Text } from '../strings/localize.ts';
import { endingOf } from '../call/ending.ts';
import { liveRegion, utter } from './live-region.ts';
import { changesOf, saidOf } from './said.ts';
import type { Said } from './said.ts';

/** What somebody has to hear although they do something else. */
const URGENT = new Set<StringKey>(['said.recalled', 'said.transfer-failed']);

/** Per workspace: the elements that could speak. The first one does, so that a page with two phones says each thing once. */
const speakers = new WeakMap<Workspace, Announcer[]>();

/**
 * Tells a screen reader what becomes of the calls: each change once, what comes in at once, the rest when it is quiet.
 * The running time is never told. The element renders `regions` in a place that stays.
 */
export class Announcer implements ReactiveController {
  readonly #text: Text;
  readonly #urgent = liveRegion('assertive');
  readonly #polite = liveRegion('polite');
  #workspace: Workspace | null = null;
  #stop: (() => void)[] = [];
  #said = new Map<string, Said>();
  #line = '';

  /** @param text the words of the element's language */
  constructor(host: ReactiveControllerHost, text: Text) {
    this.#text = text;
    host.addController(this);
  }

  /** The two live regions; keep them in the same place of every rendering. */
  get regions(): readonly HTMLElement[] {
    return [this.#urgent, this.#polite];
  }

  /** Follows this workspace; what is so already is not told. */
  follow(workspace: Workspace | null): void {
    if (workspace === this.#workspace) return;
    this.#leave();
    this.#workspace = workspace;
    if (!workspace) return;
    const others = speakers.get(workspace) ?? [];
    speakers.set(workspace, [...others, this]);
    this.#said = new Map(workspace.$calls.get().map((call) => [call.id, saidOf(call)]));
    this.#line = workspace.$phone.get().line.state;
    this.#stop = [
      workspace.$calls.listen((calls) => this.#hear(workspace, calls)),
      workspace.$phone.listen((phone) => this.#hearLine(phone.line.state)),
    ];
  }

  hostDisconnected(): void {
    this.follow(null);
  }

  #leave(): void {
    for (const stop of this.#stop.splice(0)) stop();
    if (!this.#workspace) return;
    const others = speakers.get(this.#workspace)?.filter((one) => one !== this) ?? [];
    speakers.set(this.#workspace, others);
  }

  /** Whether it is this one that speaks for the workspace. */
  get #speaks(): boolean {
    return this.#workspace !== null && speakers.get(this.#workspace)?.[0] === this;
  }

  #say(where: HTMLElement, key: StringKey, values?: StringValues): void {
    if (this.#speaks) utter(where, this.#text(key, values));
  }

  #hear(workspace: Workspace, calls: readonly Call[]): void {
    for (const call of calls) {
      const before = this.#said.get(call.id);
      const now = saidOf(call);
      this.#said.set(call.id, now);
      this.#tell(workspace, call, before, now);
    }
    for (const id of this.#said.keys()) if (!calls.some((call) => call.id === id)) this.#said.delete(id);
  }

  #tell(workspace: Workspace, call: Call, before: Said | undefined, now: Said): void {
    const { country } = workspace.policy;
    const who = spokenParty(call, workspace.crm, country, this.#text('call.withheld'));
    const incoming = call.direction === 'inbound' && call.phase === 'ringing';
    if (now.stage && now.stage !== before?.stage) {
      this.#say(this.#polite, 'said.stage', { stage: this.#text(`stage.${now.stage}`), who });
    } else if (!before || before.phase !== now.phase) {
      if (incoming) this.#say(this.#urgent, 'said.incoming', { who });
      else if (now.phase === 'active') this.#say(this.#polite, 'said.active', { who });
      else if (now.phase === 'ended') this.#tellEnd(call, who, before?.conference === true);
      else if (!before) this.#say(this.#polite, 'said.connecting', { who });
    } else if (incoming && now.identified && !before.identified) this.#say(this.#polite, 'said.identified', { who });
    else this.#tellChanges(call, who, changesOf(before, now));
  }

  /** What changes at once is said in one breath; a call that has waited too long or came back from a transfer, at once. */
  #tellChanges(call: Call, who: string, changes: readonly StringKey[]): void {
    if (!changes.length || !this.#speaks) return;
    const target = call.transfer?.target ?? '';
    const words = changes.map((key) => this.#text(key, { who: key.startsWith('said.transfer') ? target : who }));
    const where = changes.some((key) => URGENT.has(key)) ? this.#urgent : this.#polite;
    utter(where, words.join('. '));
  }

  #tellEnd(call: Call, who: string, together: boolean): void {
    const ending = endingOf(call);
    if (together) {
      this.#say(this.#polite, 'said.left', { who });
      return;
    }
    if (ending) this.#say(this.#polite, 'said.ended', { how: this.#text(ending) });
    else this.#say(this.#polite, 'said.ended-plain');
  }

  #hearLine(state: string): void {
    const before = this.#line;
    this.#line = state;
    if (state === 'registered' && before !== state) this.#say(this.#polite, 'said.registered');
    if (before === 'registered' && state !== before) this.#say(this.#polite, 'said.unregistered');
  }
}
