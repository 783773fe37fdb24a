// Builds the front end: TypeScript entries with shared chunks, the style sheet, the icon sprite and a manifest.
// It knows nothing about Flask or the pages; they only read static/dist/manifest.json.
// Idea: one esbuild call (Go, 0.2 s) instead of a bundler framework; names carry the content's hash for eternal caching.
import * as esbuild from "esbuild";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "..");
const out = join(here, "dist");
const entries = ["src/public.ts", "src/workspace.ts", "src/review.ts", "src/overview.ts", "src/site.ts", "css/app.css", "css/beside.css", "css/print.css"].map((name) => join(here, name));

// Leaflet 1.9 carries code for browsers gone since 2016 and marks no class as removable: say both, leave out pop-ups,
// tooltips and controls (ours are HTML of the page), WMS, GeoJSON and its canvas renderer, and 9 kB gzipped fall away.
const GONE = "ie|ielt9|edge|android|android23|androidStock|opera|phantom|opera12|ie3d|gecko3d|mobileOpera|mobileWebkit|mobileWebkit3d|msPointer|vml|inlineSvg|win";
const leanLeaflet = {
  name: "lean-leaflet",
  setup(build) {
    build.onResolve({ filter: /^leaflet$/ }, () => ({ path: join(root, "node_modules/leaflet/dist/leaflet-src.esm.js") }));
    build.onLoad({ filter: /leaflet-src\.esm\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8"))
        .replace(/^(\s*var \w+ = )(\w+\.extend\()/gm, "$1/* @__PURE__ */ $2")
        .replace(new RegExp(`\\bBrowser\\.(${GONE})\\b`, "g"), "false")
        .replace(/\/\*\s*\* @class DivOverlay[\s\S]*?(?=\/\*\s*\* @class DivIcon)/, "")
        .replace(/ (DivOverlay|Popup|Tooltip|popup|tooltip),/g, "")
        .replace(/^(Control\.(Layers|Scale|Zoom) = .*|control\.(layers|scale|zoom) = .*|TileLayer\.WMS = .*|tileLayer\.wms = .*)$/gm, "")
        .replace("this.zoomControl = new Zoom();", "")
        .replace("(this.options.preferCanvas && canvas(options)) || ", "")
        .replace(/^(Marker|Circle|CircleMarker)\.include\(PointToGeoJSON\);$/gm, "")
        .replace(/^(Polyline|Polygon|LayerGroup)\.include\(\{[\s\S]*?^\}\);$/gm, (text) => (text.includes("toGeoJSON") ? "" : text)),
      loader: "js",
    }));
  },
};

/** `import address from "worker:./x.ts"`: that file, built by itself to run beside the page. */
const besideThePage = {
  name: "beside-the-page",
  setup(build) {
    build.onResolve({ filter: /^worker:/ }, ({ path, resolveDir }) => ({ path: resolve(resolveDir, path.slice(7)).replace(/ts$/, "js"), namespace: "worker" }));
    build.onLoad({ filter: /./, namespace: "worker" }, async ({ path }) => {
      const made = await esbuild.build({ ...options, entryPoints: [path.replace(/js$/, "ts")], splitting: false, format: "iife", write: false });
      return { contents: made.outputFiles[0].contents, loader: "file", watchFiles: Object.keys(made.metafile.inputs).map((name) => join(root, name)) };
    });
  },
};

const options = {
  absWorkingDir: root,
  entryPoints: entries.filter((file) => existsSync(file)),
  outdir: out,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  minify: true,
  sourcemap: false,
  legalComments: "none",
  metafile: true,
  loader: { ".woff2": "file", ".png": "file", ".svg": "file" },
  logLevel: "warning",
  plugins: [leanLeaflet, besideThePage],
};

/** One SVG file of all icons named in src/icons.txt and icons.txt, each as a <symbol>. */
async function sprite() {
  const lists = ["src/icons.txt", "icons.txt"].map((name) => join(here, name)).filter((file) => existsSync(file));
  const names = (await Promise.all(lists.map((file) => readFile(file, "utf8")))).join("\n").split(/\s+/).filter(Boolean);
  const symbols = await Promise.all([...new Set(names)].sort().map(async (name) => {
    const svg = await readFile(join(root, "node_modules/lucide-static/icons", `${name}.svg`), "utf8");
    const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" ` +
      `stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
  }));
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  await writeFile(join(out, `icons-${hash}.svg`), text);
  return `icons-${hash}.svg`;
}

/** manifest.json maps the plain name of every entry to its hashed file. */
async function manifest(meta) {
  const names = { "icons.svg": await sprite() };
  for (const [file, info] of Object.entries(meta.outputs)) {
    if (!info.entryPoint || relative(out, resolve(root, file)).startsWith("chunk-")) continue;
    names[basename(info.entryPoint).replace(/\.ts$/, ".js")] = basename(file);
  }
  await writeFile(join(out, "meta.json"), JSON.stringify(meta));
  const draft = join(out, "manifest.json.new");
  await writeFile(draft, JSON.stringify(names, null, 2));
  await rename(draft, join(out, "manifest.json"));
  await worker(meta, names["icons.svg"]);
  return names;
}

/** The worker of the workspace, with the names of all files that it may need: another build is another worker. */
async function worker(meta, icons) {
  const seen = new Set(), waiting = Object.keys(meta.outputs).filter((file) => /\/(src\/workspace\.ts|css\/(app|print)\.css)$/.test(meta.outputs[file].entryPoint ?? ""));
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    waiting.push(...meta.outputs[file].imports.filter((one) => one.path in meta.outputs).map((one) => one.path));
  }
  const files = [...[...seen].map((file) => relative(out, resolve(root, file))), icons].sort().map((file) => `/static/${file}`);
  const build = `files ${createHash("sha256").update(files.join()).digest("hex").slice(0, 12)}`;
  await esbuild.build({
    ...options, entryPoints: [join(here, "src/offline.ts")], entryNames: "[name]", splitting: false, metafile: false,
    format: "iife", define: { FILES: JSON.stringify(files), BUILD: JSON.stringify(build) },
  });
}

if (process.argv.includes("--watch")) {
  await mkdir(out, { recursive: true });
  const plugin = { name: "manifest", setup: (build) => build.onEnd((result) => result.metafile && manifest(result.metafile).then(() => undefined)) };
  await (await esbuild.context({ ...options, plugins: [...options.plugins, plugin] })).watch();
} else {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  // Whole, for the stand-alone map that the server writes into one file.
  for (const name of ["leaflet.js", "leaflet.css", "images"])
    await cp(join(root, "node_modules/leaflet/dist", name), join(out, "leaflet", name), { recursive: true });
  // The typeface of the pages for PDF sheets, which cannot take the variable one without seconds of work each time.
  for (const name of ["400Regular", "700Bold"])
    await cp(join(root, `node_modules/@expo-google-fonts/plus-jakarta-sans/${name}/PlusJakartaSans_${name}.ttf`), join(out, "paper", `${name}.ttf`));
  const result = await esbuild.build(options);
  const names = await manifest(result.metafile);
  console.log(`static/dist: ${Object.values(names).join(", ")}`);
}
