"""Readers of single blocks: code, tables, figures, formulas, footnotes."""
