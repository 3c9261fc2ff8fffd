"""Write what has changed of the pages: `python -m documenting`, which `make docs` runs.

Those of docs/reference are written from the program; then the examples of all pages are run.
The page of figures and its chart are made of what `make figures` measured.
"""

from documenting import figures, write_changed
from documenting.pages import FOLDER, pages
from documenting.sessions import play_all

write_changed({FOLDER / name: text for name, text in pages().items()})
write_changed(play_all())
figures.write()
