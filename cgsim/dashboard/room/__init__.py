"""A room that plays together: everybody a part, the lecturer the rounds. Nothing here draws."""
