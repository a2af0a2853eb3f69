"""Calibration: the constants for which the model shows what was seen, and what stays open."""

from .calibration import Calibration
from .fitting import calibrate
from .target_reading import read_targets
from .targets import Target, Targets

__all__ = ["Calibration", "Target", "Targets", "calibrate", "read_targets"]
