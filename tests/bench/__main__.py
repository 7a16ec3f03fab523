"""Run every benchmark of this folder, each as a command of its own; one figure a line.

``python -m tests.bench [NAME...]`` runs those named only.
"""

import sys
from pathlib import Path

from tests.modules import run

if __name__ == "__main__":
    raise SystemExit(run(Path(__file__).parent, "benchmark", sys.argv[1:]))
