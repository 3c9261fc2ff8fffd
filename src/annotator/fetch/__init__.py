"""Pages from the web, from files and from standard input; the only package that uses the network.

Names are loaded when first used, so that a local file does not pay for httpx.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy_names

if TYPE_CHECKING:
    from annotator.fetch.failures import is_transient, may_pass
    from annotator.fetch.http import fetch_again, fetch_answer, fetch_image, fetch_page
    from annotator.fetch.local import MAX_FILE_BYTES, path_of, read_bytes, read_data, read_file
    from annotator.fetch.options import DEFAULT_OPTIONS, FetchOptions
    from annotator.fetch.urls import check_address, complete_address, looks_like_address

__all__ = [
    "DEFAULT_OPTIONS",
    "MAX_FILE_BYTES",
    "FetchOptions",
    "check_address",
    "complete_address",
    "fetch_again",
    "fetch_answer",
    "fetch_image",
    "fetch_page",
    "is_transient",
    "looks_like_address",
    "may_pass",
    "path_of",
    "read_bytes",
    "read_data",
    "read_file",
]

__getattr__ = lazy_names(
    __name__,
    {
        "failures": "is_transient may_pass",
        "http": "fetch_again fetch_answer fetch_image fetch_page",
        "local": "MAX_FILE_BYTES path_of read_bytes read_data read_file",
        "options": "DEFAULT_OPTIONS FetchOptions",
        "urls": "check_address complete_address looks_like_address",
    },
)
