"""sqlite-utils, imported without the numpy that it would take along where that is installed.

sqlite-utils tries numpy and pandas only to know their types as column types, which we never insert. Leaving them out saves the process that
answers Slack 0.1 CPU-second at its start and 15 MB.
"""

from __future__ import annotations

import sys

_absent = [name for name in ("numpy", "pandas") if name not in sys.modules]
for _name in _absent:
    sys.modules[_name] = None  # type: ignore[assignment]  # an import of it now fails as if it were not installed
try:
    from sqlite_utils import Database, Migrations
finally:
    for _name in _absent:
        del sys.modules[_name]

__all__ = ["Database", "Migrations"]
