// Finds quotations as the client of Hypothesis does, by its own code.
//
//     node hypothesis_client.mjs CLIENT NODE
//
// CLIENT is a checkout of github.com/hypothesis/client, and NODE a folder with esbuild and
// approx-string-match. Reads lines of JSON with the new text, the quotation, and what was
// before, behind, and where it was; writes [start, end, score] or null for each.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [client, node] = process.argv.slice(2).map((path) => resolve(path));
const { transformSync } = createRequire(join(node, "package.json"))("esbuild");
const source = readFileSync(join(client, "src/annotator/anchoring/match-quote.ts"), "utf8");
const folder = mkdtempSync(join(node, "client-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
const script = join(folder, "match-quote.mjs");
writeFileSync(script, transformSync(source, { loader: "ts", format: "esm" }).code);
const { matchQuote } = await import(pathToFileURL(script).href);

for await (const line of createInterface({ input: process.stdin })) {
  const { text, exact, prefix, suffix, start, end } = JSON.parse(line);
  // The client asks where the quotation was first, and searches only if it is not there.
  let match = { start, end, score: 1 };
  if (text.slice(start, end) !== exact) {
    match = matchQuote(text, exact, { prefix, suffix, hint: start });
  }
  process.stdout.write(JSON.stringify(match && [match.start, match.end, match.score]) + "\n");
}
