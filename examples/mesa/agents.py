"""Who acts, and what of each is shown.

The agents are those of cgsim: they carry state, and live by the rules in `cgsim.world`.
"""

from cgsim.agents import Agency, Company, Trainee

SHOWN = ("training", "artisan", "independent", "left")
"""Phases of life that are drawn; the rest of the village has not joined."""

COLOURS = {
    "training": "tab:orange",
    "artisan": "tab:blue",
    "independent": "tab:green",
    "left": "lightgrey",
}
MARKERS = {"training": "^", "artisan": "o", "independent": "s", "left": "x"}


def portray(trainee: Trainee) -> dict[str, object] | None:
    """Return how a trainee is drawn: place by skill and persistence; None if not drawn."""
    status = trainee.status_word
    if status not in SHOWN:
        return None
    return {
        "x": trainee.skill,
        "y": trainee.persistence,
        "color": COLOURS[status],
        "marker": MARKERS[status],
    }


__all__ = ["COLOURS", "MARKERS", "SHOWN", "Agency", "Company", "Trainee", "portray"]
