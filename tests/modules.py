"""Runs the modules of a folder, each as a command of its own: what ``python -m tests.bench`` and its like do."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def run(folder: Path, kind: str, words: Sequence[str]) -> int:
    """Run those named, all where none is; 0 when none failed. ``kind`` names them to whoever mistypes one ("a benchmark")."""
    failed = 0
    for name, *arguments in asked(sorted(path.stem for path in folder.glob("[a-z]*.py")), kind, words):
        failed |= subprocess.run([sys.executable, "-m", f"tests.{folder.name}.{name}", *arguments]).returncode
    return failed


def asked(modules: Sequence[str], kind: str, words: Sequence[str]) -> list[list[str]]:
    """The modules to run, each with what is typed behind its name: ``fuzz 5000``."""
    if not words:
        return [[name] for name in modules]
    if words[0] not in modules:
        raise SystemExit(f"There is no {kind} {words[0]}; there are {', '.join(modules)}.")
    chosen: list[list[str]] = []
    for word in words:
        if word in modules:
            chosen.append([word])
        else:
            chosen[-1].append(word)
    return chosen
