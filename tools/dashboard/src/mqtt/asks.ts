// Questions to the hub (hub/request/…) and commands (set/…): each with a private response topic, each answered once or
// timed out.
import { type Link, type Message, NotAllowed, random_id } from './link';
import { type Json, is_object, parse, text_at } from '../store/documents';

export class AskError extends Error {
  constructor(readonly code: string, reason: string) {
    super(reason);
  }
}

interface Waiting {
  answered: (answer: Record<string, Json>) => void;
}

const kPatience = 10_000;  // ms
const kExpiry = 10;        // s

export class Asks {
  root = 'gable';
  private user_ = '';
  private readonly session_ = random_id().slice(0, 8);
  private readonly waiting_ = new Map<string, Waiting>();
  private count_ = 0;

  constructor(private readonly link_: Link) {}

  // `user` as the broker knows us: below client/<user>/ only we may read.
  begin(root: string, user: string): void {
    this.root = root;
    this.user_ = user || `page-${this.session_}`;
  }

  get topic(): string {
    return `${this.root}/client/${this.user_}/page-${this.session_}`;
  }

  // True if the message was an answer.
  take(message: Message): boolean {
    if (message.topic !== this.topic) return false;
    const waiting = this.waiting_.get(message.correlation);
    const answer = parse(message.payload);
    if (waiting && is_object(answer)) waiting.answered(answer);
    return true;
  }

  // The `data` of the hub's answer. Errors: AskError with the hub's code and reason, or `timeout`, `not_allowed`.
  async request(method: string, args: Record<string, Json> = {}): Promise<Json> {
    const answer = await this.send(`hub/request/${method}`, JSON.stringify(args), () => true, kPatience);
    if (answer['ok'] === true) return answer['data'] ?? null;
    throw new AskError(text_at(answer, 'code') || 'failed', text_at(answer, 'reason'));
  }

  // A command up to its final result; `patience` in ms.
  async command(topic: string, payload: string, patience: number): Promise<void> {
    const answer = await this.send(topic, payload, (one) => one['status'] !== 'accepted', patience);
    const status = text_at(answer, 'status');
    if (status === 'done') return;
    throw new AskError(text_at(answer, 'code') || status, text_at(answer, 'reason'));
  }

  private send(topic: string, payload: string, is_final: (answer: Record<string, Json>) => boolean,
               patience: number): Promise<Record<string, Json>> {
    const correlation = `${++this.count_}`;
    return new Promise((resolve, reject) => {
      const ended = (): void => {
        clearTimeout(timer);
        this.waiting_.delete(correlation);
      };
      const timer = setTimeout(() => {
        ended();
        reject(new AskError('timeout', ''));
      }, patience);
      this.waiting_.set(correlation, {
        answered: (answer) => {
          if (!is_final(answer)) return;
          ended();
          resolve(answer);
        },
      });
      const options = { response_topic: this.topic, correlation, expiry_seconds: kExpiry };
      this.link_.publish(`${this.root}/${topic}`, payload, options).catch((error: unknown) => {
        ended();
        reject(new AskError(error instanceof NotAllowed ? 'not_allowed' : 'offline', ''));
      });
    });
  }
}
