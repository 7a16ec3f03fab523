"""Where the development sets are, for scored sets, benchmarks and drills."""

import os
from pathlib import Path


def shared_folder() -> Path | None:
    """The folder beside the checkout, or where ENTENTE_SHARED says; None when it is absent."""
    folder = Path(os.environ.get("ENTENTE_SHARED") or Path(__file__).parents[2] / "shared")
    return folder if (folder / "eval").is_dir() else None
