"""The keys of a list of jobs."""

from annotator.tui.keys.key import Key, KeyGroup

JOBS = KeyGroup(
    place="jobs",
    title="In a list of articles that are added or refreshed",
    active_with=("list", "dialog"),
    keys=(
        Key("jobs.stop", ("x",), "stop", "Stop this one", "Stop"),
        Key("jobs.stop-all", ("X",), "stop_all", "Stop all", "Stop all"),
        Key("jobs.retry", ("r",), "retry", "Try this one again", "Again"),
        Key("jobs.retry-all", ("R",), "retry_all", "Try all again that failed", "All again"),
    ),
)

JOBS_KEYS = JOBS.keys
