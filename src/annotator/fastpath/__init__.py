"""Show an article before the program is loaded: the first screen as it was left, painted at once.

Most of a start is imports. When a reader leaves an article, the screens save the
lines on which it will open again, together with everything that these lines
depend on. The next start compares those facts and, if all hold, writes the lines
to the terminal before it imports anything else. The screens then draw over them.
If anything may have changed, nothing is painted.

The gain: the first text of an article of 10,000 words with 100 marks takes 16 ms
of processor time, in place of 159 (`benchmarks/speed/bench_reader.py`, "first text").
The first key is answered no sooner, after 167 ms in place of 162.

The cost: these four modules, 4 ms at each start of any command, two modules of
the screens (`tui.terminal.driver`, which takes the terminal over, and
`tui.terminal.driver`, which saves the lines), one of the store
(`store.machine.state_files`), and 10 KB on the disk for each article, 4 MB at most.

Everything here runs at every start, so it imports little, even of the standard
library: no `re`, `pathlib`, `json`, `typing` or `enum`. `tests/test_layers.py`
checks that.
"""
