"""Checking a library for damage and repairing it, and merging conflict copies.

Names are loaded when first used: few libraries are damaged.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy_names

if TYPE_CHECKING:
    from annotator.store.repair.maintenance import LibraryMaintenance
    from annotator.store.repair.recovery import RecoveredCopy, recover, recover_copy

__all__ = ["LibraryMaintenance", "RecoveredCopy", "recover", "recover_copy"]

__getattr__ = lazy_names(
    __name__,
    {"maintenance": "LibraryMaintenance", "recovery": "RecoveredCopy recover recover_copy"},
)
