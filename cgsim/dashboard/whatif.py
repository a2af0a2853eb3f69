"""What if: two to four scenarios side by side on the same luck."""

# mypy: disable-error-code="attr-defined, no-untyped-call, untyped-decorator"
# Solara says little of its types.

from __future__ import annotations

import solara

from .desk import DESK
from .page import told, use_frame, use_work
from .sides import answered, compare_command, files, filled
from .state import words
from .view import offers
from .whatif_map import map_of_sides
from .whatif_shown import compared, labels, runs_of, work_key
from .widgets.whatif import WhatIf


@solara.component
def WhatIfPage() -> None:
    """Show the scenarios of the address and what `compare` says of them."""
    frame = use_frame("what-if", filled)
    settings = frame.settings
    cases = [side.case for side in (settings.side, *settings.others)]
    runs, seed = runs_of(settings), settings.seed
    key = work_key(cases, runs, seed)
    found = use_work("what-if", key, lambda: compared(cases, runs, seed, DESK.watch()))
    phases = solara.use_memo(lambda: map_of_sides(settings), [settings])
    texts = solara.use_memo(lambda: files(settings), [settings])
    more = {
        "command": compare_command(settings),
        "words": words(settings.lang, "map") | frame.shown["words"],
    }
    solara.Title(frame.shown["words"]["title"])
    WhatIf.element(
        found=told(found), labels=labels(settings.lang), files=texts, runs=runs,
        phases=phases, view=frame.shown | more, offers=offers(settings), faults=frame.faults,
        saved=frame.saved, on_asked=lambda asked: frame.answer(answered(settings, asked)),
    )  # fmt: skip
