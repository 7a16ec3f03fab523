"""Memory: everything that Entente keeps, in one SQLite file. All SQL is in this room."""
