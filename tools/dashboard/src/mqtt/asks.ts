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
interface Manner {
  is_final: (answer: Record<string, Json>) => boolean;
  patience: number;  // ms from one answer to the next
  nudging: boolean;  // a large answer may come
}

const kPatience = 10_000;     // ms
const kPartPatience = 3_000;  // ms
const kExpiry = 10;           // s

function data_of(answer: Record<string, Json>): Json {
  if (answer['ok'] === true) return answer['data'] ?? null;
  throw new AskError(text_at(answer, 'code') || 'failed', text_at(answer, 'reason'));
}

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
    return data_of(await this.send(`hub/request/${method}`, JSON.stringify(args), { is_final: () => true, patience: kPatience, nudging: true }));
  }

  // A question that is answered in numbered parts, each given to `take` as it comes. Errors as above, and `failed` when
  // one of them was lost.
  async stream(method: string, take: (data: Json) => void): Promise<void> {
    let part = 0, whole = true;
    const is_final = (answer: Record<string, Json>): boolean => {
      const data = answer['data'];
      if (!is_object(data)) return true;
      whole &&= data['part'] === ++part;  // answers come at QoS 0
      if (answer['ok'] === true) take(data);
      return data['more'] !== true;
    };
    data_of(await this.send(`hub/request/${method}`, '{}', { is_final, patience: kPartPatience, nudging: false }));
    if (!whole) throw new AskError('failed', '');
  }

  // A command up to its final result; `patience` in ms.
  async command(topic: string, payload: string, patience: number): Promise<void> {
    const answer = await this.send(topic, payload, { is_final: (one) => one['status'] !== 'accepted', patience, nudging: false });
    const status = text_at(answer, 'status');
    if (status === 'done') return;
    throw new AskError(text_at(answer, 'code') || status, text_at(answer, 'reason'));
  }

  private send(topic: string, payload: string, { is_final, patience, nudging }: Manner): Promise<Record<string, Json>> {
    const correlation = `${++this.count_}`;
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const calm = nudging ? this.link_.hasten() : () => {};
      const ended = (): void => {
        clearTimeout(timer);
        calm();
        this.waiting_.delete(correlation);
      };
      const wait = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          ended();
          reject(new AskError('timeout', ''));
        }, patience);
      };
      wait();
      this.waiting_.set(correlation, {
        answered: (answer) => {
          if (!is_final(answer)) return wait();
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
