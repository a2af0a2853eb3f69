"""What analysts do with the world: simulate, compare, explain, plan, calibrate, watch, sweep."""
