"""The keys of the report of an import."""

from annotator.tui.keys.key import Key, KeyGroup

IMPORT_REPORT = KeyGroup(
    place="import",
    title="In the report of an import",
    active_with=("list", "dialog"),
    keys=(Key("import.reattach", ("M",), "reattach", "Reattach the marks that were not found"),),
)

IMPORT_REPORT_KEYS = IMPORT_REPORT.keys
