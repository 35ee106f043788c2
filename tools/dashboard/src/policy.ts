// The page's policy in index.html lets it speak to any WebSocket, since the broker is not known when it is built. From
// the moment that the broker is chosen, a second policy lets it speak to that one only. Policies add up; none is undone.

export function lock_to(url: string): void {
  const root = document.documentElement;
  let origin: string;
  try {
    const parsed = new URL(url);
    origin = `${parsed.protocol}//${parsed.host}`;
  } catch {
    return;
  }
  if (root.dataset['locked'] === origin) return;
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = `connect-src 'self' ${origin}`;
  document.head.append(policy);
  root.dataset['locked'] = origin;
}
