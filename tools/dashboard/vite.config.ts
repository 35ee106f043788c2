// One file: a broker's http_dir takes 0.3 s for each, and sends no Content-Type, without which browsers refuse module
// scripts. The policy in index.html names script and styles by their hashes: nothing else that is within the page runs.
import { createHash } from 'node:crypto';
import * as icons from '@mdi/js';
import type { OutputBundle } from 'rollup';
import { defineConfig, type Plugin } from 'vite';

// mdiAccountGroup → account-group, mdiBattery10 → battery-10
function icon_name(name: string): string {
  return name.slice(3).replace(/([A-Z])/g, '-$1').replace(/([A-Za-z])([0-9])/g, '$1-$2').slice(1).toLowerCase();
}

// Icons that people name in their configuration (mdi:…) are read when they are needed, by their first two letters.
function icon_files(): Plugin {
  return {
    name: 'icon-files',
    generateBundle() {
      const shards = new Map<string, Record<string, string>>();
      for (const [name, path] of Object.entries(icons)) {
        if (!name.startsWith('mdi')) continue;
        const key = icon_name(name), shard = key.slice(0, 2);
        if (!shards.has(shard)) shards.set(shard, {});
        shards.get(shard)![key] = path as string;
      }
      for (const [shard, paths] of shards) {
        this.emitFile({ type: 'asset', fileName: `icons/${shard}.json`, source: JSON.stringify(paths) });
      }
    },
  };
}

// In a script within HTML these would end it, or begin a comment that hides its end. In JavaScript they stand in texts
// only, where the escape is the same character.
function within_html(script: string): string {
  return script.replace(/<(?=!--|\/?script)/gi, '\\x3c');
}

function hash_of(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function one_file(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_, bundle: OutputBundle) {
      const take = (ending: string): string => {
        const [name, part] = Object.entries(bundle).find(([file]) => file.endsWith(ending))!;
        delete bundle[name];
        return part.type === 'chunk' ? part.code : String(part.source);
      };
      const html = bundle['index.html'];
      if (html?.type !== 'asset') throw new Error('There is no index.html to put the script in.');
      const script = within_html(take('.js')), style = take('.css');
      const early = /<script>([^]*?)<\/script>/.exec(String(html.source))![1]!;
      html.source = String(html.source)
        .replace(/\s*<script type="module"[^>]*><\/script>/, '')
        .replace(/\s*<link rel="stylesheet"[^>]*>/, () => `\n    <style>${style}</style>`)
        .replace("script-src 'self'", `script-src ${hash_of(early)} ${hash_of(script)}`)
        .replace("style-src 'self'", `style-src ${hash_of(style)}`)
        .replace('</body>', () => `<script>${script}</script>\n  </body>`);
    },
  };
}

// The service worker's list of what the page needs without a network, and a name that changes with it.
function offline_list(): Plugin {
  return {
    name: 'offline-list',
    enforce: 'post',
    generateBundle(_, bundle: OutputBundle) {
      const files = Object.keys(bundle).filter((name) => /\.(js|css|html)$/.test(name)).sort();
      this.emitFile({ type: 'asset', fileName: 'offline.json', source: JSON.stringify({ files }) });
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [icon_files(), one_file(), offline_list()],
  build: {
    outDir: '../../build/dashboard',
    emptyOutDir: true,
    target: 'es2021',
    reportCompressedSize: false,
    cssCodeSplit: false,  // else it would be set by the script, which the page's policy forbids
    modulePreload: false,
    chunkSizeWarningLimit: 1500,
    assetsInlineLimit: 0,
    rollupOptions: {
      output: {
        format: 'iife',
        inlineDynamicImports: true,
        entryFileNames: 'assets/page-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
});
