"""Run every benchmark of this folder, each as a command of its own; one figure a line.

``python -m tests.bench [NAME...]`` runs those named only.
"""

import subprocess
import sys
from pathlib import Path


def main(names: list[str]) -> int:
    folder = Path(__file__).parent
    modules = sorted(path.stem for path in folder.glob("[a-z]*.py") if not path.stem.startswith("test_"))
    if unknown := [name for name in names if name not in modules]:
        raise SystemExit(f"There is no benchmark {unknown[0]}; there are {', '.join(modules)}.")
    failed = 0
    for module in [m for m in modules if not names or m in names]:
        failed |= subprocess.run([sys.executable, "-m", f"tests.{folder.name}.{module}"]).returncode
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
