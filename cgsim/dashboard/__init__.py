"""Pages in a browser: a run month by month, what-ifs, a map, people, a room that plays."""
