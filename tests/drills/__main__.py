"""Run every fault drill of this folder, each as a command of its own; one figure a line.

``python -m tests.drills [NAME [ARGUMENT...]]...`` runs those named only, each with what is typed behind its name: ``fuzz 5000``.
"""

import sys
from pathlib import Path

from tests.modules import run

if __name__ == "__main__":
    raise SystemExit(run(Path(__file__).parent, "drill", sys.argv[1:]))
