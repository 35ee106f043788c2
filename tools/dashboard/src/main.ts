// Begins.
import './app';

// A worker script needs a Content-Type, which a broker's http_dir does not send: without it the page simply has no
// offline shell.
interface Policies { createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): unknown } }
async function keep_offline(): Promise<void> {
  const type = (await fetch('worker.js', { method: 'HEAD' })).headers.get('content-type') ?? '';
  if (!type.includes('javascript')) return;
  const policies = (window as unknown as { trustedTypes?: Policies }).trustedTypes;
  const url = policies ? policies.createPolicy('gable-worker', { createScriptURL: (name) => name }).createScriptURL('worker.js') : 'worker.js';
  await navigator.serviceWorker.register(url as string);
}
if ('serviceWorker' in navigator && isSecureContext) keep_offline().catch(() => {});
