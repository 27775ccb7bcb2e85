// Bundles the page's script and style: node build.mjs [FOLDER]
import { build } from "esbuild";

await build({
  entryPoints: { view: "src/main.ts" },
  outdir: process.argv[2] ?? "../bundle",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome86", "firefox90", "safari15"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
});
await build({
  entryPoints: { view: "src/page.css" },
  outdir: process.argv[2] ?? "../bundle",
  minify: true,
  charset: "utf8",
  logLevel: "warning",
});
