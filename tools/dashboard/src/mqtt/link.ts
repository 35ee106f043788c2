// The connection to the broker: MQTT 5 over a WebSocket, for ever tried again, and nothing else.
import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import { take_early } from './early';

export interface Address {
  url: string;       // ws:// or wss://
  user: string;      // empty: none
  password: string;
  root: string;      // first level of the tree
}

export type LinkStatus = 'idle' | 'connecting' | 'online' | 'lost' | 'refused';

export interface Message {
  topic: string;
  payload: Uint8Array;
  correlation: string;
  retained: boolean;
}

export interface PublishOptions {
  response_topic?: string;
  correlation?: string;
  expiry_seconds?: number;
}

// The broker's own word for "you may not".
export class NotAllowed extends Error {}

const kReconnect = 2_000;  // ms
const kNudge = 10;         // ms
const kNudges = 300;
const kKeepAlive = 30;     // s
const kNotAuthorized = new Set([4, 5, 134, 135, 140]);

const text_encoder = new TextEncoder();
const text_decoder = new TextDecoder();

export function random_id(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function code_of(error: unknown): number {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'number' ? code : 0;
}

// A socket that is closing takes nothing any more, and says so on the console.
function is_open(client: MqttClient): boolean {
  const socket = (client.stream as unknown as { socket?: WebSocket }).socket;
  return !socket || socket.readyState === WebSocket.OPEN;
}

export class Link {
  status: LinkStatus = 'idle';
  reason = '';
  // Set by the owner before open(). `connected` is called after every connection.
  on_status: () => void = () => {};
  on_connected: () => void = () => {};
  on_message: (message: Message) => void = () => {};

  private client_: MqttClient | null = null;
  private readonly watched_ = new Map<string, (payload: Uint8Array) => void>();

  open(address: Address): void {
    this.close();
    this.say('connecting');
    const options: IClientOptions = {
      protocolVersion: 5,
      clientId: `gable-page-${random_id()}`,
      clean: true,
      keepalive: kKeepAlive,
      reconnectPeriod: kReconnect,
      connectTimeout: 8_000,
      resubscribe: false,
      queueQoSZero: false,
      // The others would start a worker from a blob, which the page's policy forbids.
      timerVariant: 'native',
      properties: { sessionExpiryInterval: 0, receiveMaximum: 1_000 },
      createWebsocket: (url, protocols) => take_early(address.url) ?? new WebSocket(url, protocols),
    };
    if (address.user) Object.assign(options, { username: address.user, password: address.password });
    let client: MqttClient;
    try {
      client = mqtt.connect(address.url, options);
    } catch (error) {
      return this.say('refused', String((error as Error).message));
    }
    this.client_ = client;
    client.on('connect', () => {
      this.say('online');
      this.on_connected();
    });
    client.on('close', () => {
      if (this.client_ === client && this.status !== 'refused') this.say(this.status === 'online' ? 'lost' : this.status);
    });
    client.on('error', (error) => this.failed(client, error));
    client.on('message', (topic, payload, packet) => this.received(topic, payload, packet));
  }

  close(): void {
    const client = this.client_;
    this.client_ = null;
    client?.removeAllListeners();
    client?.on('error', () => {});
    client?.end(true);
    this.say('idle');
  }

  // Tries at once and not in a while: the page was hidden, or somebody asks.
  hurry(): void {
    if (this.client_ && this.status !== 'online' && this.status !== 'refused') this.client_.reconnect();
  }

  // Mosquitto 2.0 sends a message of more than 4 kB over a WebSocket in pieces, one each time that something wakes it,
  // else one in 100 ms: whoever waits for something large wakes it with a few bytes that say nothing. Gives what ends it.
  hasten(): () => void {
    let left = kNudges;
    const timer = setInterval(() => {
      if (--left < 0) clearInterval(timer);
      else if (this.client_?.connected && is_open(this.client_)) this.client_.sendPing();
    }, kNudge);
    return () => clearInterval(timer);
  }

  // One topic of somebody else's, for as long as somebody looks at it. Gives what ends it.
  watch(topic: string, listener: (payload: Uint8Array) => void): () => void {
    this.watched_.set(topic, listener);
    void this.subscribe([topic], 0, true).catch(() => {});
    return () => {
      if (this.watched_.get(topic) !== listener) return;
      this.watched_.delete(topic);
      if (this.status === 'online') void this.client_?.unsubscribeAsync(topic).catch(() => {});
    };
  }

  // `retained`: whether what the broker holds is wanted again.
  async subscribe(filters: string[], qos: 0 | 1, retained: boolean): Promise<string[]> {
    const map = Object.fromEntries(filters.map((filter) => [filter, { qos, rh: retained ? 0 : 2 }]));
    if (!this.client_) return filters;
    const granted = await this.client_.subscribeAsync(map as never);
    return granted.filter((grant) => (grant.qos as number) >= 128).map((grant) => grant.topic);
  }

  async publish(topic: string, payload: string, options: PublishOptions = {}): Promise<void> {
    if (!this.client_ || this.status !== 'online') throw new Error('offline');
    const properties: Record<string, unknown> = {};
    if (options.response_topic) properties['responseTopic'] = options.response_topic;
    if (options.correlation) properties['correlationData'] = text_encoder.encode(options.correlation);
    if (options.expiry_seconds) properties['messageExpiryInterval'] = options.expiry_seconds;
    try {
      await this.client_.publishAsync(topic, payload, { qos: 1, properties: properties as never });
    } catch (error) {
      if (kNotAuthorized.has(code_of(error))) throw new NotAllowed(topic);
      throw error;
    }
  }

  private received(topic: string, payload: Uint8Array, packet: IPublishPacket): void {
    const watcher = this.watched_.get(topic);
    if (watcher) return watcher(payload);
    const correlation = packet.properties?.correlationData;
    this.on_message({
      topic,
      payload,
      correlation: correlation ? text_decoder.decode(correlation) : '',
      retained: packet.retain,
    });
  }

  private failed(client: MqttClient, error: unknown): void {
    if (this.client_ !== client) return;
    if (kNotAuthorized.has(code_of(error))) {
      this.client_ = null;
      client.end(true);
      return this.say('refused', 'not_authorized');
    }
    if (this.status !== 'online') this.say('connecting', 'unreachable');
  }

  private say(status: LinkStatus, reason = ''): void {
    this.status = status;
    this.reason = reason;
    this.on_status();
  }
}
