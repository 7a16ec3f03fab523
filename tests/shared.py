"""Where the development sets and their scorers are, for scored sets, benchmarks and drills."""

import importlib.util
import os
from functools import cache
from pathlib import Path
from types import ModuleType


def shared_folder() -> Path | None:
    """The folder beside the checkout, or where ENTENTE_SHARED says; None when it is absent."""
    folder = Path(os.environ.get("ENTENTE_SHARED") or Path(__file__).parents[2] / "shared")
    return folder if (folder / "eval").is_dir() else None


@cache
def scorer(name: str) -> ModuleType:
    """A scorer of the development sets, which must be there: ``score_labels`` and its like."""
    folder = shared_folder()
    assert folder is not None
    spec = importlib.util.spec_from_file_location(name, folder / "eval" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
