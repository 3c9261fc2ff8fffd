"""The library on disk: articles, their revisions and their marks.

Every name is loaded when it is first used, so that programs pay only for what they need.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy

if TYPE_CHECKING:
    from annotator.model.library_file import Position
    from annotator.store.articles.article_folder import ArticleChange, ArticleCopy
    from annotator.store.articles.folder_reader import FolderReader
    from annotator.store.articles.revision_policy import Outcome
    from annotator.store.backup import restore_backup
    from annotator.store.catalog import (
        FEEDS,
        INBOX,
        PROPOSALS,
        REVIEWS,
        SAVED_QUERIES,
        TAG_COLOURS,
        Catalog,
        Section,
    )
    from annotator.store.exports.export_file import ExportFile, TextFile, decoded
    from annotator.store.exports.export_folder import (
        Contents,
        ExportedFile,
        ExportFolder,
        ExportResult,
        vault_of,
    )
    from annotator.store.ids import new_id, ulid_digits
    from annotator.store.incoming import IncomingFiles
    from annotator.store.index.index import Index
    from annotator.store.library import Library
    from annotator.store.machine.feed_memory import FeedMemory, FeedState, FeedText
    from annotator.store.machine.import_memory import (
        ImportMemory,
        ItemBase,
        MarkBase,
        RememberedItem,
    )
    from annotator.store.machine.publish_memory import Guest, PublishMemory
    from annotator.store.machine.state_files import (
        FailedAddress,
        Failures,
        FirstFrames,
        Journal,
        NamedPlaces,
        Positions,
        StateFile,
        TypedTexts,
    )
    from annotator.store.maintenance import LibraryMaintenance
    from annotator.store.questions.mark_table import MarkGroup, MarkListing
    from annotator.store.questions.names import SpeakerUse, TagNode
    from annotator.store.results import Found, Marked, MarkView, Snippet, Uses

__getattr__ = lazy(__name__, __file__)
