// What this browser remembers: where the broker is, who asks, and how the page looks. The address of the page can
// say some of it: ?kiosk&user=…&broker=… (the password only behind the #, for the page's own broker).

export type Theme = 'auto' | 'light' | 'dark';

export interface Settings {
  url: string;
  user: string;
  password: string;
  root: string;
  keep: boolean;     // the password, too
  theme: Theme;
  language: string;  // empty: the browser's
}

export interface Kiosk {
  on: boolean;
  wake: string;          // entity whose `on` wakes the screen
  dim: string;           // "22:00-06:30"
  idle_seconds: number;  // 0: never dims by itself
}

const kKey = 'gable.page';

function standard_url(): string {
  const secure = location.protocol === 'https:';
  return `${secure ? 'wss' : 'ws'}://${location.host || 'localhost:1884'}/mqtt`;
}

export function load_settings(): Settings {
  const settings: Settings = { url: standard_url(), user: '', password: '', root: 'gable', keep: false, theme: 'auto', language: '' };
  try {
    const kept = JSON.parse(localStorage.getItem(kKey) ?? '{}') as Record<string, unknown>;
    for (const key of ['url', 'user', 'password', 'root', 'theme', 'language'] as const) {
      const value = kept[key];
      if (typeof value === 'string' && value) (settings as unknown as Record<string, string>)[key] = value;
    }
    settings.keep = kept['keep'] === true;
  } catch {
    // Nothing that can be read is kept: the standard it is.
  }
  const query = new URLSearchParams(location.search);
  const { url, user } = settings;
  settings.url = query.get('broker') ?? url;
  settings.user = query.get('user') ?? user;
  // Anybody can make a link: what was kept for one broker and one user goes to no other.
  if (settings.url !== url || settings.user !== user) {
    settings.password = '';
    settings.keep = false;
    if (settings.url !== url) settings.user = query.get('user') ?? '';
  }
  settings.root = query.get('root') ?? settings.root;
  settings.language = query.get('lang') ?? settings.language;
  const theme = query.get('theme') ?? settings.theme;
  settings.theme = theme === 'light' || theme === 'dark' ? theme : 'auto';
  take_login(settings, query.has('broker'));
  return settings;
}

// #login=USER:PASSWORD, as deploy/up prints it: what stands behind the # is sent to no server. It is for the broker
// that this page comes from, and no longer in the address once it was read.
function take_login(settings: Settings, elsewhere: boolean): void {
  const login = /^#login=([\w.-]{1,64}):([\w.-]{1,256})$/.exec(location.hash);
  if (!login) return;
  history.replaceState(null, '', location.pathname + location.search);
  if (elsewhere) return;
  Object.assign(settings, { url: standard_url(), user: login[1], password: login[2], keep: true });
  save_settings(settings);
}

export function save_settings(settings: Settings): void {
  const kept = { ...settings, password: settings.keep ? settings.password : '' };
  try {
    localStorage.setItem(kKey, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

// The page may be where no broker is: ws and wss only, and no password in the address.
export function is_address(url: string): boolean {
  try {
    const parsed = new URL(url);
    return (parsed.protocol === 'ws:' || parsed.protocol === 'wss:') && !parsed.username && !parsed.password;
  } catch {
    return false;
  }
}

export function read_kiosk(): Kiosk {
  const query = new URLSearchParams(location.search);
  const idle = Number(query.get('idle') ?? 0);
  return { on: query.has('kiosk'), wake: query.get('wake') ?? '', dim: query.get('dim') ?? '', idle_seconds: Number.isFinite(idle) ? Math.max(0, idle) : 0 };
}
