"""Article -> Analysis: sentences, names, statements, issues and salience, by spaCy, in the reader process only."""
