"""The mind: reading, language and answers. Plain Python and spaCy; it knows no Slack and no SQL."""
