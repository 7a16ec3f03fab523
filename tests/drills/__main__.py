"""Run every fault drill of this folder, each as a command of its own; one figure a line.

``python -m tests.drills [NAME [ARGUMENT...]]...`` runs those named only, each with what is typed behind its name: ``fuzz 5000``.
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
DRILLS = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))


def asked(words: list[str]) -> list[list[str]]:
    """The drills to run, each with its arguments; all of them where none is named."""
    if not words:
        return [[name] for name in DRILLS]
    if words[0] not in DRILLS:
        raise SystemExit(f"There is no drill {words[0]}; there are {', '.join(DRILLS)}.")
    chosen: list[list[str]] = []
    for word in words:
        if word in DRILLS:
            chosen.append([word])
        else:
            chosen[-1].append(word)
    return chosen


def main(words: list[str]) -> int:
    failed = 0
    for name, *arguments in asked(words):
        failed |= subprocess.run([sys.executable, "-m", f"tests.{FOLDER.name}.{name}", *arguments]).returncode
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
