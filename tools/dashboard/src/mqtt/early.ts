// The socket that index.html has opened before this script was read.

interface Early { url: string; socket: WebSocket }

// Gives it once, and only if it leads to `url` and lives.
export function take_early(url: string): WebSocket | null {
  const holder = globalThis as { early?: Early };
  const { early } = holder;
  delete holder.early;
  if (!early) return null;
  if (early.url === url && early.socket.readyState <= WebSocket.OPEN) return early.socket;
  early.socket.close();
  return null;
}
