"""Figures: states, indicators and producers of an ensemble; trust and lives of one run.

Each is a matplotlib `Figure` of its own, drawn without pyplot: nothing global is touched and
no window is opened. Colours are told apart in grey by hatches, and every line by its word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .sheet import COLOURS, HATCHES, save

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..study.simulate import Simulation

FIGURES = ("states", "indicators", "producers", "network", "lives")
"""What `Plots` can draw."""


class Plots:
    """Figures of one simulation; those over time need its `months`.

    Parameters
    ----------
    simulation : Simulation

    Examples
    --------
    >>> import cgsim
    >>> figure = cgsim.simulate("sangatta-utara", runs=20, seed=1).plot.states()
    >>> figure.axes[0].get_xlabel()
    'years since the start'
    """

    def __init__(self, simulation: Simulation) -> None:
        self.simulation = simulation

    def states(self, lang: str = "en") -> Figure:
        """Draw the share of runs in each state over time, one area on another.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        from .over_time import draw_states

        return draw_states(self.simulation, lang)

    def indicators(self, lang: str = "en") -> Figure:
        """Draw the six indicators over time in six panels, with both cut-offs.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        from .over_time import draw_indicators

        return draw_indicators(self.simulation, lang)

    def producers(self, lang: str = "en") -> Figure:
        """Draw producers and the independent among them over time, with the critical mass.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        """
        from .over_time import draw_producers

        return draw_producers(self.simulation, lang)

    def network(
        self, lang: str = "en", months: Sequence[int] | None = None, run: int | None = None
    ) -> Figure:
        """Draw who trusts whom in one run, a panel for each of some months.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        months : sequence of int, optional
            After how many months; 12, 36, 60 and 120, as far as the run goes, if not given.
        run : int, optional
            Number of the run; the first of the simulation if not given.

        Raises
        ------
        ValueError
            For a month that the run does not reach, or more than `network.MOST_PANELS`.
        """
        from .network import draw_network

        return draw_network(self.simulation, lang, months, self._run(run))

    def lives(self, lang: str = "en", run: int | None = None, visits: bool = False) -> Figure:
        """Draw each person ever trained in one run as a line from admission to the end.

        Parameters
        ----------
        lang : {"en", "id"}
            Language of every word.
        run : int, optional
            Number of the run; the first of the simulation if not given.
        visits : bool
            Whether to mark the months in which somebody came to visit.
        """
        from .lives import draw_lives

        return draw_lives(self.simulation, lang, self._run(run), visits)

    def _run(self, run: int | None) -> int:
        return int(self.simulation.runs["run"].iloc[0]) if run is None else run


__all__ = ["COLOURS", "FIGURES", "HATCHES", "Plots", "save"]
