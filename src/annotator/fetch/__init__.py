"""Pages from the web, from files, standard input and the clipboard.

No other package uses the network.

Names are loaded when first used, so that a local file does not pay for httpx.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.fetch.failures import may_pass
    from annotator.fetch.http import fetch_again, fetch_answer, fetch_feed, fetch_image, fetch_page
    from annotator.fetch.local import (
        MAX_FILE_BYTES,
        MAX_PIPED_BYTES,
        THE_CLIPBOARD,
        path_of,
        read_bytes,
        read_clipboard,
        read_data,
        read_file,
    )
    from annotator.fetch.options import DEFAULT_OPTIONS, OF_A_FILE, FetchOptions
    from annotator.fetch.private_networks import is_local_address
    from annotator.fetch.rendering.devtools import find_browser
    from annotator.fetch.rendering.page import render_page
    from annotator.fetch.urls import check_address, complete_address, looks_like_address

__getattr__ = lazy(__name__, __file__)
