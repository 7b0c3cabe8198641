import type { WritableAtom } from 'nanostores';
import type { Call } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import type { PlainFact } from '../facts.ts';
import type { LineLogin, LineStatus, MessageWaiting } from '../ports/line.ts';
import { quietly } from '../deadline.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { Settings } from '../settings/settings.ts';
import type { Tabs } from '../ports/tabs.ts';
import type { Presence } from '../presence/presence.ts';
import type { SignIn } from '../presence/sign-in.ts';
import type { VoicemailStore } from '../voicemail/voicemail.ts';
import type { FavoritesStore } from '../calls/favorites.ts';
import type { CapabilitiesStore } from '../capabilities.ts';
import type { TargetingStore } from '../calls/targeting.ts';
import type { Availability, Capabilities, Favorite, Targeting, Tray } from '../workspace-state.ts';

type Message =
  | { readonly type: 'hello' }
  | {
      readonly type: 'state';
      readonly calls: readonly Call[];
      readonly line: LineStatus;
      readonly tray: Tray;
      readonly chosen: Partial<Settings>;
      readonly availability: Availability;
      readonly messageWaiting: MessageWaiting | null;
      readonly capabilities: Capabilities;
      readonly targeting: Targeting | null;
    }
  | { readonly type: 'login'; readonly login: LineLogin | null }
  | { readonly type: 'favorites'; readonly favorites: readonly Favorite[] }
  | { readonly type: 'call'; readonly call: Call }
  | { readonly type: 'fact'; readonly fact: PlainFact }
  | { readonly type: 'signed-out' };

export interface MirrorParts {
  tabs: Tabs;
  calls: Calls;
  $line: WritableAtom<LineStatus>;
  tray: { $tray: { get(): Tray; listen(listener: () => void): () => void }; mirror(tray: Tray): void };
  settings: Pick<SettingsStore, '$chosen' | 'mirror'>;
  presence: Pick<Presence, '$availability' | 'mirror'>;
  signIn: Pick<SignIn, '$login' | 'mirror'>;
  voicemail: Pick<VoicemailStore, '$waiting' | 'mirror'>;
  capabilities: Pick<CapabilitiesStore, '$capabilities' | 'mirror'>;
  targeting: Pick<TargetingStore, '$targeting' | 'mirror'>;
  favorites: Pick<FavoritesStore, '$favorites' | 'mirror'>;
  /** A fact of the leading tab. */
  tell(fact: PlainFact): void;
  /** The user has signed out in another tab. */
  signedOut(): void;
}

/** Shows in every tab what the leading one knows: it publishes plain data, the others take it over. */
export function createMirror({
  tabs,
  calls,
  $line,
  tray,
  settings,
  presence,
  signIn,
  voicemail,
  capabilities,
  targeting,
  favorites,
  tell,
  signedOut,
}: MirrorParts): {
  hello(): void;
  publish(fact: PlainFact): void;
  /** Tells the other tabs that the user has signed out. */
  signOut(): void;
} {
  const leads = (): boolean => tabs.$leading.get();
  // A channel that fails is no reason to disturb a call.
  const send = (message: Message): void => quietly(() => tabs.publish(message));
  const state = (): Message => ({
    type: 'state',
    calls: calls.$calls.get(),
    line: $line.get(),
    tray: tray.$tray.get(),
    chosen: settings.$chosen.get(),
    availability: presence.$availability.get(),
    messageWaiting: voicemail.$waiting.get(),
    capabilities: capabilities.$capabilities.get(),
    targeting: targeting.$targeting.get(),
  });
  let told = false;

  /** Many stores change in one turn: one message. */
  function changed(): void {
    if (!leads() || told) return;
    told = true;
    queueMicrotask(() => {
      told = false;
      if (leads()) send(state());
    });
  }

  // Apart from the rest: what seldom changes is said when it does, not with every change.

  function tellLogin(): void {
    if (leads()) send({ type: 'login', login: signIn.$login.get() });
  }

  function tellFavorites(): void {
    const known = favorites.$favorites.get();
    if (known && leads()) send({ type: 'favorites', favorites: known });
  }

  function hear(data: unknown): void {
    const message = (data ?? {}) as Message;
    if (message.type === 'hello') {
      changed();
      tellFavorites();
      if (signIn.$login.get()) tellLogin();
      return;
    }
    if (message.type === 'signed-out') {
      signedOut();
      return;
    }
    if (leads()) return;
    if (message.type === 'call') calls.mirrorOne(message.call);
    if (message.type === 'favorites') favorites.mirror(message.favorites);
    if (message.type === 'login') signIn.mirror(message.login);
    if (message.type === 'fact') tell(message.fact);
    if (message.type === 'state') {
      calls.mirror(message.calls);
      $line.set(message.line);
      tray.mirror(message.tray);
      settings.mirror(message.chosen);
      presence.mirror(message.availability);
      voicemail.mirror(message.messageWaiting);
      capabilities.mirror(message.capabilities);
      targeting.mirror(message.targeting);
    }
  }

  tabs.listen(hear);
  for (const $store of [
    calls.$calls,
    $line,
    tray.$tray,
    settings.$chosen,
    presence.$availability,
    voicemail.$waiting,
    capabilities.$capabilities,
    targeting.$targeting,
  ])
    $store.listen(changed);
  signIn.$login.listen(tellLogin);
  favorites.$favorites.listen(tellFavorites);
  calls.listen((call, mirrored) => {
    if (leads() && !mirrored) send({ type: 'call', call });
  });

  return {
    hello: () => (leads() ? changed() : send({ type: 'hello' })),
    publish: (fact) => send({ type: 'fact', fact }),
    signOut: () => send({ type: 'signed-out' }),
  };
}
