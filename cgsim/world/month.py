"""One month of the world, in the order of the Ansell–Gash cycle. Read this first.

Each line is a step; each step is a rule of its own, in the module of its name. Mesa walks
this function over agents, the ensemble compiles it and walks records.
"""

from __future__ import annotations

from .admission import admit
from .commitment import commit
from .delivery import deliver
from .dialogue import meet
from .indicators import classify, measure
from .interventions import intervene
from .market import sell
from .monitoring import monitor
from .outcomes import look_back
from .rule import rule
from .shape import World
from .trainee import live
from .trust import build_trust
from .understanding import understand


@rule
def month(world: World, t: int) -> None:
    """Let month `t` (from 0) happen."""
    intervene(world, t)  # 0  levers change: at a month, or because a quantity passed a bound
    meet(world, t)  # 1  face-to-face dialogue: who attends, how well they talk
    build_trust(world)  # 2  organisations win or lose trust in one another
    understand(world, t)  # 3  goals converge where people talk, and drift where they do not
    commit(world)  # 4  organisations' commitment to the process
    deliver(world, t)  # 5  equipment, workshop, waste treatment, promotion, reward, places
    admit(world, t)  # 5  the places are filled from those in the community who apply
    monitor(world, t)  # 6  visits, kept and broken promises, the trust of trainees
    live(world, t)  # 7  people hold on or leave, practise, learn, exchange, design, come back
    sell(world)  # 8  market reach, orders, price, income
    look_back(world)  # 9  small wins, reputation and what each party got out of it
    measure(world)  # 10  the six indicators
    classify(world, t)  # 10  inactive, active or dynamic
