"""The style of an exported page: readable by day, by night and on paper."""

STYLE = """\
:root { color-scheme: light dark; --text: #1d1d1f; --soft: #5c5c66; --line: #d8d8de;
  --paper: #fdfdfb; --wash: #f1f1ed; --link: #0b57d0; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e4e7; --soft: #a1a1ab; --line: #3f3f46;
    --paper: #18181b; --wash: #27272a; --link: #8ab4f8; }
}
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 38rem; background: var(--paper);
  color: var(--text); font: 1.125rem/1.6 Charter, Georgia, "Noto Serif", serif;
  overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; }
header p, figcaption, .note { color: var(--soft); font-size: 0.9em; }
a { color: var(--link); }
blockquote { margin: 1.5em 0; padding-inline-start: 1em;
  border-inline-start: 3px solid var(--line); }
pre, code { background: var(--wash); font-family: ui-monospace, Menlo, Consolas, monospace;
  font-size: 0.9em; }
pre { padding: 1em; overflow-x: auto; }
sup, sub { line-height: 0; }
figure { margin: 1.5em 0; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { padding: 0.3em 0.8em; border: 1px solid var(--line); text-align: start; }
hr { border: 0; border-top: 1px solid var(--line); }
@media print { body { max-width: none; } }
"""
