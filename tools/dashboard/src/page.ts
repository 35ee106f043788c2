// Everything that parts of the page need from each other, made once by the application and handed down.
import { Asks } from './mqtt/asks';
import { Link } from './mqtt/link';
import { Commands } from './store/commands';
import { House } from './store/house';
import { forget_house, keep_house, recall_house } from './store/memory';
import { type Kiosk, type Settings, load_settings, read_kiosk } from './store/settings';

export interface Toast { text: string; kind: 'info' | 'bad' }

export class Page {
  readonly link = new Link();
  readonly asks = new Asks(this.link);
  readonly house = new House(this.link, this.asks);
  readonly commands = new Commands(this.asks, this.house);
  readonly settings: Settings = load_settings();
  readonly kiosk: Kiosk = read_kiosk();
  // Shows a line at the bottom for a while.
  toast: (toast: Toast) => void = () => {};

  private left_ = false;

  constructor() {
    this.link.on_status = () => this.house.touch('link');
    this.link.on_connected = () => void this.house.read().then(() => this.keep(), () => {});
    addEventListener('pagehide', () => this.keep());
    this.link.on_message = (message) => {
      this.asks.take(message);
      this.house.take(message);
    };
  }

  // Whoever logs out leaves nothing behind.
  forget(): void {
    Object.assign(this.settings, { password: '', user: '', keep: false });
    forget_house();
    this.left_ = true;
  }

  private keep(): void {
    if (!this.left_ && this.link.status !== 'refused') keep_house(this.house, this.settings);
  }

  // Connects with what the settings say.
  open(): void {
    const { url, user, password, root } = this.settings;
    this.asks.begin(root, user);
    this.link.open({ url, user, password, root });
    if (!this.house.loaded && this.house.entities.size === 0 && recall_house(this.house, this.settings)) this.house.touch('link');
  }
}

// Half a letter (a lone surrogate, which JSON can carry) has no place in an address.
export function href(...parts: string[]): string {
  return `#/${parts.map((part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd'))).join('/')}`;
}
