"""The live page: levers, one run month by month, in a browser."""
