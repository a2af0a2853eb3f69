"""Why: of one person, of one run, of all who left."""
