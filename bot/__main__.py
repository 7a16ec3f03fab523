"""``python -m bot`` is the ``entente`` command."""

from bot.cli import main

raise SystemExit(main())
