"""An article on the screen before the program is: its page as it was left, painted at once.

When a reader leaves an article, the screens save the page on which it will open
again, with the facts that it depends on. The next start compares the facts, and
paints the page before it imports anything. A page that may be wrong is not painted.

All of this is in the way of every start, so it imports little, even of the
standard library.
"""
