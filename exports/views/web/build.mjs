// Bundles the script and style of the views' pages and the workbench's editor: node build.mjs [FOLDER [FOLDER]]
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const [views = "../bundle", workbench = "../../../kg/workbench/static"] = process.argv.slice(2);
const script = {
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome86", "firefox90", "safari15"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};
await build({ ...script, entryPoints: { view: "src/main.ts" }, outdir: views });
await build({
  entryPoints: { view: "src/page.css" },
  outdir: views,
  minify: true,
  charset: "utf8",
  logLevel: "warning",
});
// The licence of CodeMirror's packages (MIT) asks that its text and their copyright lines go along.
const editor = { ...script, entryPoints: ["../../../kg/workbench/web/editor.ts"], metafile: true, write: false };
const made = await build(editor);
const packages = new Set(Object.keys(made.metafile.inputs).flatMap((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
const licences = [...packages].sort().map((path) => [path, readFileSync(join(path, "LICENSE"), "utf8")]);
const lines = licences.map(([path, text]) => `${path.replace("node_modules/", "")}: ${/^Copyright.*$/m.exec(text)[0]}`);
const terms = licences.map(([, text]) => text.slice(text.indexOf("Permission is hereby")).replace(/\s+/g, " ").trim());
if (new Set(terms).size !== 1) throw new Error("a package of the editor has another licence: write it into the bundle too");
const notice = `/*! MIT License\n${lines.join("\n")}\n${terms[0]}\n*/\n`;
writeFileSync(join(workbench, "editor.js"), notice + made.outputFiles[0].text);
