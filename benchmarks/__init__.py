"""How long the engines take, as ratios measured side by side; `python -m benchmarks`."""
