"""What all tests share: made-up examples without a clock, words in English, a quiet screen."""

from __future__ import annotations

import os

from hypothesis import settings

# two noisy cores: no test may depend on how long it takes
settings.register_profile("cgsim", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("cgsim")

os.environ.setdefault("MPLBACKEND", "Agg")
os.environ["CGSIM_LANG"] = "en"
