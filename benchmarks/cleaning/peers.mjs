// Reads lines of JSON with {url, html}, and writes for each a line with what the cleaner named in
// the environment makes of it, as HTML. Run by peers.py where the packages are installed.

import { createInterface } from "node:readline";
import { JSDOM, VirtualConsole } from "jsdom";

const cleaners = {
  async "readability.js"(html, url) {
    const { Readability } = await import("@mozilla/readability");
    const dom = new JSDOM(html, { url, virtualConsole: new VirtualConsole() });
    return new Readability(dom.window.document).parse()?.content;
  },
  async defuddle(html, url) {
    const { Defuddle } = await import("defuddle/node");
    const { parseHTML } = await import("linkedom");
    return (await Defuddle(parseHTML(html).document, url, { useAsync: false })).content;
  },
};

const clean = cleaners[process.env.CLEANER];
console.log = console.warn = console.error = console.info = console.debug = () => {};
for await (const line of createInterface({ input: process.stdin })) {
  const { url, html } = JSON.parse(line);
  let content = "";
  try {
    content = (await clean(html, url)) ?? "";
  } catch {
    // A page that a cleaner gives up is one without text.
  }
  process.stdout.write(JSON.stringify({ content }) + "\n");
}
