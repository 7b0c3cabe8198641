import { MultiLineError } from '@multiline/core';

/**
 * Whose offer is under way in a session: one at a time (RFC 3264 §4). SIP.js hands over an offer of the other side also while one
 * of ours is made; ours, which has not left yet, then steps back, and whoever wanted it asks again.
 */
export class OfferTurns {
  /** An offer of the other side is being taken, waits for its answer, is being answered. */
  #theirs: 'taking' | 'taken' | 'answering' | undefined;
  /** The offer of ours that is being made. */
  #ours: symbol | undefined;
  /** Ours was refused, and is being taken back. */
  #back: Promise<unknown> | undefined;

  /** Nothing is being taken back: what has come may be applied. */
  get settled(): Promise<unknown> {
    return Promise.resolve(this.#back);
  }

  /** What has come is an offer of theirs, not the answer to one of ours that has left. */
  offered(state: RTCSignalingState | undefined): boolean {
    return state !== 'have-local-offer' || this.#ours !== undefined || this.#back !== undefined;
  }

  /** Theirs is being taken. */
  async take(applied: Promise<void>): Promise<void> {
    this.#ours = undefined;
    this.#theirs = 'taking';
    try {
      await applied;
      this.#theirs = 'taken';
    } catch (thrown) {
      this.#theirs = undefined;
      throw thrown;
    }
  }

  /**
   * The answer to theirs is made, or else an offer of ours.
   * @throws MultiLineError `unexpected` while it is theirs to be answered: ours would go out in the place of the answer
   */
  async make<Description>(describe: () => Promise<Description>): Promise<Description> {
    if (this.#back) await this.#back;
    if (this.#theirs === 'taken') return this.#answer(describe);
    if (this.#theirs) throw theirTurn();
    const ours = (this.#ours = Symbol('offer'));
    try {
      const description = await describe();
      if (this.#ours !== ours) throw theirTurn();
      return description;
    } finally {
      if (this.#ours === ours) this.#ours = undefined;
    }
  }

  /**
   * Both go back to where they were.
   * @param step takes several steps; an offer of theirs that comes meanwhile waits for the last
   */
  async rollBack(step: () => Promise<void>): Promise<void> {
    this.#theirs = undefined;
    const done = step();
    this.#back = done.catch(() => undefined).finally(() => (this.#back = undefined));
    await done;
  }

  async #answer<Description>(describe: () => Promise<Description>): Promise<Description> {
    this.#theirs = 'answering';
    try {
      return await describe();
    } finally {
      this.#theirs = undefined;
    }
  }
}

const theirTurn = (): MultiLineError =>
  new MultiLineError('unexpected', { message: 'The other side’s own offer is being answered.' });
