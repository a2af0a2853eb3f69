"""What analysts do with the world: simulate now; compare, sweep, explain as they come."""
