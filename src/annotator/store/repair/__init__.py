"""Checking a library for damage and repairing it, and merging conflict copies.

Names are loaded when first used: few libraries are damaged.
"""

from typing import TYPE_CHECKING

from annotator.lazy import lazy_names

if TYPE_CHECKING:
    from annotator.store.repair.maintenance import LibraryMaintenance
    from annotator.store.repair.recovery import recover

__all__ = ["LibraryMaintenance", "recover"]

__getattr__ = lazy_names(__name__, {"maintenance": "LibraryMaintenance", "recovery": "recover"})
