/** Builds the console into renderer/dist, which the server serves on the admin host. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsDir: 'console-assets',
    // Chromium of the oldest Electron that is supported (33), and browsers of the same time.
    target: ['chrome130', 'firefox132', 'safari18'],
    // Inlined files would need a looser Content-Security-Policy.
    assetsInlineLimit: 0,
  },
});
