"""A workbook to take along: live formulas with their results, as .xlsx and .ods."""

from __future__ import annotations
