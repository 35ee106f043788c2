// One classic script and one style sheet: a broker's http_dir sends no Content-Type, and browsers refuse module scripts
// without one.
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

function classic_script(): Plugin {
  return {
    name: 'classic-script',
    enforce: 'post',
    transformIndexHtml: (html) => html.replace(/<script type="module" crossorigin/g, '<script defer')
      .replace(/<link rel="stylesheet" crossorigin/g, '<link rel="stylesheet"'),
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
  plugins: [icon_files(), classic_script(), offline_list()],
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
