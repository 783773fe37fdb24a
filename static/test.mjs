// Runs the tests of the pure modules: bundles every static/src/**/*.test.ts and hands the result to node's runner.
// It knows nothing about the page; a module that needs a document cannot be tested here.
// Idea: node 20 cannot strip types itself, esbuild does it in a blink and needs no further test framework.
import * as esbuild from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const source = join(dirname(fileURLToPath(import.meta.url)), "src");
const tests = (await readdir(source, { recursive: true })).filter((name) => name.endsWith(".test.ts"));
const out = await mkdtemp(join(tmpdir(), "swadaya-test-"));
await esbuild.build({
  entryPoints: tests.map((name) => join(source, name)),
  outdir: out, outExtension: { ".js": ".mjs" }, entryNames: "[dir]/[name]",
  bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "warning",
});
const files = (await readdir(out, { recursive: true })).filter((name) => name.endsWith(".mjs")).map((name) => join(out, name));
const run = spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" });
await rm(out, { recursive: true, force: true });
process.exit(run.status ?? 1);
