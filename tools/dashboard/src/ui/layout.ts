// What all pages share of their layout.
import { css } from 'lit';

export const layout = css`
  .page { max-width: 1500px; margin: 0 auto; padding: 22px 28px 60px; display: grid; gap: 22px; }
  .page.narrow { max-width: 980px; }
  .page.wall { max-width: none; }
  header.top { display: flex; align-items: center; gap: 10px; min-height: 44px; flex-wrap: wrap; }
  header.top h1 { flex: 1 1 auto; min-width: 0; }
  .empty { display: grid; justify-items: center; text-align: center; gap: 10px; padding: 60px 24px; --icon: 52px; color: var(--muted); max-width: 480px; margin: 0 auto; }
  .empty h2 { color: var(--text); }
  .list { display: grid; }
  .list > * { display: flex; align-items: center; gap: 14px; padding: 12px 18px; min-height: 62px; border-top: 1px solid var(--line); }
  .list > *:first-child { border-top: 0; }
  .list > a:hover { background: color-mix(in srgb, var(--surface-2) 55%, transparent); }
  .list > a:first-child { border-radius: var(--radius) var(--radius) 0 0; } .list > a:last-child { border-radius: 0 0 var(--radius) var(--radius); } .list > a:only-child { border-radius: var(--radius); }
  .badge { width: 42px; height: 42px; border-radius: 14px; display: grid; place-items: center; background: var(--surface-2); color: var(--muted); flex: none; }
  .badge.good { background: var(--good-soft); color: var(--good); } .badge.bad { background: var(--bad-soft); color: var(--bad); } .badge.warn { background: var(--warn-soft); color: var(--warn); } .badge.accent { background: var(--accent-soft); color: var(--accent); }
  .title { font-weight: 580; display: block; }
  dl { display: grid; grid-template-columns: minmax(110px, max-content) 1fr; gap: 8px 22px; margin: 0; font-size: 0.92rem; }
  dt { color: var(--muted); } dd { margin: 0; min-width: 0; }
  pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--surface-2); border-radius: 14px; padding: 14px 16px; max-height: 420px; overflow: auto; }
  .note { border-radius: 16px; padding: 12px 16px; background: var(--surface-2); display: flex; gap: 12px; align-items: center; }
  .note.bad { background: var(--bad-soft); color: var(--bad); } .note.warn { background: var(--warn-soft); color: var(--warn); } .note.accent { background: var(--accent-soft); color: var(--accent); }
  @media (max-width: 720px) {
    .page { padding: 14px 14px 40px; gap: 16px; }
    .pad { padding: 16px; }
    h1 { font-size: 1.4rem; }
  }
`;
