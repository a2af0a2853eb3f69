"""A room that plays together, without a browser: who may do what, and what follows from it."""

import json

import pytest

from cgsim import Scenario, simulate
from cgsim.dashboard.addressed import HEADER, addressed
from cgsim.dashboard.room.after import beside, good_plan, luck_of_sides, luck_words, sides
from cgsim.dashboard.room.code import ALPHABET, FREE, LENGTH, LONGEST_WAIT, MOST_KNOWN, Attempts
from cgsim.dashboard.room.hall import HALL, Doors, Hall
from cgsim.dashboard.room.lived import ledger_of, run_so_far
from cgsim.dashboard.room.opening import RoomOrder, addresses, open_room
from cgsim.dashboard.room.parts import CHOSEN, SPLIT, in_force
from cgsim.dashboard.room.player import LONGEST_NAME, Refused
from cgsim.dashboard.room.room import IDLE, MOST_PLAYERS, Room
from cgsim.dashboard.room.shown import (
    ending,
    shown_to_lecturer,
    shown_to_player,
    told_to_all,
)
from cgsim.language import languages

INDUSTRY, KPC = "organisations.industry", "organisations.kpc"
CIRCLE = "community.effort.circle_2"
SEED = 5


class Clock:
    """Seconds that pass when told to."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def room(clock):
    return Room(Scenario.load("sangatta-utara"), SEED, clock=clock)


def enter(room, part=INDUSTRY, name="Siti", who="phone"):
    return room.take(room.code, who, name, part)


def refused(act, *given):
    """Return the key of the refusal that an act meets."""
    with pytest.raises(Refused) as wrong:
        act(*given)
    return wrong.value.key


# ------------------------------------------------------------------ the way in


def test_codes_are_long_enough_and_have_no_signs_that_look_alike(room):
    assert len(room.code) == LENGTH
    assert set(room.code) <= set(ALPHABET)
    assert not set("ILO01") & set(ALPHABET)
    assert len(ALPHABET) ** LENGTH > 10**8
    assert len({Room(room.base, 1).code for _ in range(20)}) == 20


def test_a_code_may_be_typed_in_small_letters_and_with_gaps(room):
    code = f" {room.code[:3].lower()}-{room.code[3:]} "
    assert room.player(room.take(code, "phone", "Siti", INDUSTRY)).part == INDUSTRY


def test_a_wrong_code_opens_nothing_and_ever_more_of_them_cost_ever_more_time(room, clock):
    for _ in range(FREE):
        assert refused(room.look_in, "AAAAAA", "phone") == "code"
    assert refused(room.look_in, "AAAAAA", "phone") == "code"
    assert refused(room.look_in, room.code, "phone") == "wait"
    room.look_in(room.code, "another phone")
    clock.now += 2.5
    assert refused(room.look_in, "AAAAAA", "phone") == "code"
    clock.now += 2.5
    assert refused(room.look_in, room.code, "phone") == "wait"
    clock.now += 2.0
    room.look_in(room.code, "phone")
    assert refused(room.look_in, "AAAAAA", "phone") == "code"
    room.look_in(room.code, "phone")


def test_waits_and_what_is_remembered_of_them_are_bounded(clock):
    attempts = Attempts(clock)
    for _ in range(50):
        attempts.failed("phone")
    assert attempts.wait("phone") == LONGEST_WAIT
    for k in range(MOST_KNOWN):
        attempts.failed(k)
    assert attempts.wait("phone") == 0


@pytest.mark.parametrize("code", ["", "ÄÖÜ", "A" * 500, "\x00", "2" * 7])
def test_strange_codes_are_refused_plainly(room, code):
    assert refused(room.look_in, code, "phone") == "code"


def test_names_are_bounded_and_needed(room):
    long = room.player(enter(room, name="  <b>Siti</b>\n\t" + "x" * 500)).name
    assert len(long) == LONGEST_NAME
    assert long.startswith("<b>Siti</b> xxx")
    assert refused(enter, room, INDUSTRY, " \n\u200b ") == "name"
    assert refused(enter, room, "organisations.nobody") == "part"


def test_a_room_holds_so_many_and_no_more(room):
    tokens = {enter(room) for _ in range(MOST_PLAYERS)}
    assert len(tokens) == MOST_PLAYERS
    assert refused(enter, room) == "full"


def test_parts_are_the_organisations_and_the_circles_of_any_scenario():
    for name in ("sangatta-utara", "mina-bayu-lestari"):
        case = Scenario.load(name)
        parts = Room(case, 1).parts
        assert [one.short for one in parts.values() if one.kind == "organisation"] == list(
            case.organisations
        )
        assert sum(one.kind == "circle" for one in parts.values()) == 4
        paths = [path for one in parts.values() for path in one.paths]
        assert len(set(paths)) == len(paths)
        assert all(case.value(path) is not None for path in paths)


# ------------------------------------------------------------------ who may do what


def test_a_player_sets_levers_of_the_own_part_alone(room):
    token = enter(room)
    for path in (f"{KPC}.monitoring_interval", CIRCLE, f"{INDUSTRY}.budget", "market.demand", ""):
        assert refused(room.set_lever, token, path, "1") == "lever"
    assert refused(room.set_share, enter(room, CIRCLE), "promotion", 0.5) == "lever"
    assert refused(room.set_share, token, "budget", 0.5) == "lever"
    assert room.case.hash == room.base.hash
    room.advance(room.lecturer)
    assert room.case.hash == room.base.hash


@pytest.mark.parametrize("stranger", ["", "x" * 32, "player", "ü"])
def test_nobody_but_the_lecturer_moves_the_room(room, stranger):
    token = enter(room) if stranger == "player" else stranger
    for act in (room.advance, room.undo, room.finish):
        assert refused(act, token) == "lecturer"
    assert refused(room.free, token, 1) == "lecturer"
    assert room.month == 0
    assert not room.over


def test_a_secret_that_is_nobodys_sets_nothing(room):
    enter(room)
    for token in ("", "x" * 32, room.lecturer, room.code):
        assert refused(room.set_lever, token, f"{INDUSTRY}.attends", "always") == "gone"
        assert refused(room.set_share, token, "promotion", 0.1) == "gone"
        assert refused(room.set_ready, token, True) == "gone"
        assert refused(room.leave, token) == "gone"
        assert shown_to_player(room, token, "en") == {}


def test_every_secret_is_another(room):
    tokens = {enter(room) for _ in range(10)} | {room.lecturer}
    assert len(tokens) == 11
    assert min(map(len, tokens)) >= 32


@pytest.mark.parametrize("value", ["", "many", "nan", "inf", None, [], {}])
def test_values_that_nobody_understands_are_refused(room, value):
    token = enter(room)
    assert refused(room.set_lever, token, f"{INDUSTRY}.monitoring_interval", value) == "value"


@pytest.mark.parametrize("share", ["1", None, True, float("nan"), []])
def test_shares_that_are_no_numbers_are_refused(room, share):
    assert refused(room.set_share, enter(room), "promotion", share) == "value"


def test_values_beyond_the_bounds_come_to_the_nearest(room):
    token = enter(room, CIRCLE)
    room.set_lever(token, CIRCLE, "17")
    assert room.values(room.parts[CIRCLE])[CIRCLE] == 2


def test_who_shares_a_part_sees_the_others_and_the_last_word_counts(room):
    one, other = enter(room, name="Siti"), enter(room, name="Budi")
    room.set_ready(one, True)
    room.set_lever(other, f"{INDUSTRY}.attends", "always")
    assert not room.player(one).ready
    shown = shown_to_player(room, one, "en")
    assert shown["partners"] == ["Budi"]
    assert {e["lever"]: e["value"] for e in shown["levers"]}["attends"] == "always"


def test_the_lecturer_frees_a_part_and_the_player_may_come_back(room):
    token = enter(room)
    room.free(room.lecturer, room.player(token).number)
    assert room.player(token) is None
    assert room.players == []
    assert room.player(enter(room)).number == 2


# ------------------------------------------------------------------ money


def test_shares_and_efforts_are_one_another_at_the_unit_costs(room):
    token, part = enter(room), room.parts[INDUSTRY]
    purse = room.purse(part)
    assert purse.budget == 40
    assert purse.units["seats"] == 6
    assert purse.units["visits"] == 0.4
    room.set_share(token, "promotion", 0.25)
    room.set_share(token, "seats", 0.3)
    split = room.split(part)
    assert (split["promotion"], split["seats"]) == (1.0, 2.0)
    for lever in SPLIT:
        assert purse.value(lever, purse.share(lever, split[lever])) == pytest.approx(
            split[lever], abs=1e-4
        )


def test_levers_that_nobody_touched_are_left_to_the_last_bit(room):
    token = enter(room, KPC)
    room.set_lever(token, f"{KPC}.attends", "always")
    room.advance(room.lecturer)
    assert dict(room.rounds[0].moves) == {f"{KPC}.attends": "always"}


def test_nobody_is_ready_with_more_than_the_budget_and_what_is_left_so_is_cut(room):
    token, part = enter(room), room.parts[INDUSTRY]
    room.set_share(token, "promotion", 0.9)
    shown = shown_to_player(room, token, "en")["purse"]
    assert shown["over"]
    assert shown["planned"] > shown["budget"]
    assert refused(room.set_ready, token, True) == "over"
    before = room.split(part)
    room.advance(room.lecturer)
    after, purse = room.split(part), room.purse(part)
    assert not purse.over(after)
    assert purse.total(after) == pytest.approx(purse.budget, rel=1e-3)
    ratio = after["promotion"] / before["promotion"]
    assert after["seats"] / before["seats"] == pytest.approx(ratio, rel=1e-3)


def test_what_costs_nothing_has_no_share(clock):
    case = Scenario.load("sangatta-utara").replace({"costs.reward": 0})
    room = Room(case, SEED, clock=clock)
    token = enter(room)
    split = {one["lever"]: one for one in shown_to_player(room, token, "en")["purse"]["split"]}
    assert split["reward"]["free"]
    assert not split["waste"]["free"]


# ------------------------------------------------------------------ rounds


def test_the_past_never_changes(room):
    token = enter(room, KPC)
    room.advance(room.lecturer)
    room.advance(room.lecturer)
    before = run_so_far(room)
    room.set_lever(token, f"{KPC}.monitoring_interval", "never")
    room.set_share(token, "waste", 0.4)
    assert run_so_far(room) == before
    room.advance(room.lecturer)
    after = run_so_far(room)
    assert after["lived"] == 9
    for name, values in before["series"].items():
        assert after["series"][name][:6] == values
    assert after["pacts"][:6] == before["pacts"]


def test_nothing_of_the_future_nor_of_the_luck_is_shown(clock):
    room = Room(Scenario.load("kpc-leaves"), 987_654, clock=clock)
    token = enter(room, KPC)
    assert run_so_far(room) == {}
    for _ in range(3):
        room.advance(room.lecturer)
    run = run_so_far(room)
    assert {len(one) for one in run["series"].values()} == {9}
    assert len(run["pacts"]) == 9
    assert {len(one[n]) for one in run["organisations"] for n in ("present", "trust")} == {9}
    assert all(month < 9 for _, _, changes in run["lives"] for month, _ in changes)
    assert all(one["after"] <= 9 for one in run["events"])
    assert run["marks"] == []
    told = [run, shown_to_lecturer(room, "en"), shown_to_player(room, token, "en")]
    for words in map(json.dumps, told):
        assert "987654" not in words
        assert room.lecturer not in words
        assert token not in words
    room.finish(room.lecturer)
    assert shown_to_lecturer(room, "en")["seed"] == 987_654
    assert "987654" not in json.dumps(shown_to_player(room, token, "en"))


def test_undo_takes_the_round_back_and_keeps_what_was_set_in_it(room):
    token = enter(room, KPC)
    room.set_lever(token, f"{KPC}.attends", "never")
    room.advance(room.lecturer)
    played = room.case
    room.undo(room.lecturer)
    assert room.month == 0
    assert room.case.hash == room.base.hash
    assert room.values(room.parts[KPC])[f"{KPC}.attends"] == "never"
    room.advance(room.lecturer)
    assert room.case.hash == played.hash
    room.undo(room.lecturer)
    assert refused(room.undo, room.lecturer) == "start"


def test_a_round_makes_everybody_think_again(room):
    token = enter(room)
    room.set_ready(token, True)
    assert shown_to_lecturer(room, "en")["ready"] == 1
    room.advance(room.lecturer)
    assert shown_to_lecturer(room, "en")["ready"] == 0


def test_the_scenario_plays_its_own_events_unless_somebody_answers_them(clock):
    case = Scenario.load("sangatta-utara").replace(
        {"interventions": [{"month": 3, "why": {"en": "x", "id": "x"}, "set": {f"{KPC}.waste": 0}}]}
    )
    room = Room(case, SEED, clock=clock)
    token = enter(room, KPC)
    room.set_share(token, "waste", 0.2)
    room.advance(room.lecturer)
    part = room.parts[KPC]
    assert room.split(part)["waste"] == 0
    room.set_share(token, "waste", 0.1)
    room.advance(room.lecturer)
    assert in_force(room.case, f"{KPC}.waste", 3) == 2.25


@pytest.mark.parametrize(("quarter", "rounds"), [(3, 40), (7, 18), (24, 5)])
def test_a_room_ends_with_its_scenario(clock, quarter, rounds):
    room = Room(Scenario.load("sangatta-utara"), SEED, quarter, clock=clock)
    assert room.most_rounds == rounds
    for _ in range(rounds):
        assert not room.over
        room.advance(room.lecturer)
    assert room.over
    assert room.month == 120
    assert refused(room.advance, room.lecturer) == "over_already"
    assert refused(room.set_lever, enter(room), f"{INDUSTRY}.attends", "never") == "over_already"
    room.undo(room.lecturer)
    assert not room.over
    assert room.month == quarter * (rounds - 1)


def test_everybody_is_told_of_each_change_and_nobody_after_hanging_up(room):
    told = []
    hang_up = room.subscribe(lambda: told.append(room.version))
    token = enter(room)
    room.set_ready(token, True)
    room.advance(room.lecturer)
    assert told == [1, 2, 3]
    hang_up()
    room.leave(token)
    assert told == [1, 2, 3]


def test_an_idle_room_is_closed_and_forgets_everybody(room, clock):
    hall = Hall()
    assert hall.room() is None
    hall.open(room, Doors(("http://127.0.0.1:1",), False))
    token = enter(room)
    clock.now += IDLE
    assert hall.room() is room
    clock.now += 1
    assert hall.room() is None
    assert room.players == []
    assert room.player(token) is None
    assert hall.room() is None


# ------------------------------------------------------------------ what is told, and afterwards


@pytest.fixture(scope="module")
def played():
    """Return a room in which two parts played two years, half a year at a time."""
    room = Room(Scenario.load("sangatta-utara"), SEED, 6, clock=Clock())
    industry, circle = enter(room), enter(room, CIRCLE, "Budi")
    for k in range(4):
        room.set_lever(industry, f"{INDUSTRY}.monitoring_interval", 1 + k % 2)
        room.set_share(industry, "waste", 0.01 * (k + 1))
        room.set_lever(circle, CIRCLE, 1 + 0.2 * k)
        room.advance(room.lecturer)
    room.tokens = industry, circle
    return room


def test_the_ledger_holds_the_engines_numbers(played):
    told = simulate(played.case, 1, SEED).months
    book = ledger_of(played.case, SEED, 24, 6)
    for o, key in enumerate(played.base.organisations):
        assert book.spent[o] == told[f"spent_{key}"][18:24].tolist()
    assert sum(book.active) == told["active_trainees"][23]
    assert book.meetings == 2


@pytest.mark.parametrize("lang", languages())
def test_players_are_told_what_their_part_has_lived(played, lang):
    industry, circle = (shown_to_player(played, token, lang) for token in played.tokens)
    assert len(industry["told"]) >= 3
    assert all(line.endswith((".", ").")) for line in industry["told"] + circle["told"])
    assert "240" in industry["told"][0]
    told = told_to_all(played, lang)
    assert len(told) == 2
    assert ("1,60" if lang == "id" else "1.60") in told[1]


def test_what_the_room_saves_runs_to_the_same_end(played):
    told = ending(played)
    again = Scenario.parse(told["saved"], "room.yaml")
    assert again.hash == played.case.hash
    ours, theirs = (simulate(case, 1, SEED) for case in (played.case, again))
    assert ours.runs.equals(theirs.runs)
    assert ours.months.equals(theirs.months)
    run = run_so_far(played)
    assert run["series"]["producers"] == theirs.months["producers"][:24].tolist()
    assert told["command"] == f"cgsim run room.yaml --runs 1 --seed {SEED}"


@pytest.mark.parametrize("lang", languages())
def test_the_room_stands_beside_its_twin_and_a_plan_with_the_same_luck(played, lang):
    told = beside(played, lang)
    names = {"room": played.case, "as_is": played.base, "plan": Scenario.load("full-package")}
    assert [one["name"] for one in told["sides"]] == list(names)
    for one in told["sides"]:
        months = simulate(names[one["name"]], 1, SEED).months
        assert one["producers"] == months["producers"].tolist()
        assert one["spent"][-1] == pytest.approx(months["spent"].sum(), abs=0.01)
    room, twin = told["sides"][:2]
    assert str(abs(room["producers"][-1] - twin["producers"][-1])) in told["said"][3]
    assert "24" in told["said"][4]


def test_a_plan_is_of_the_same_cluster():
    base = Scenario.load("sangatta-utara")
    assert good_plan(base).name == "full-package"
    assert good_plan(Scenario.load("full-package")) is None
    assert good_plan(Scenario.load("mina-bayu-lestari")) is None
    assert good_plan(base, base.replace({"months": 60})) is None


@pytest.mark.parametrize("lang", languages())
def test_other_luck_is_told_for_each_side(played, lang):
    told = luck_of_sides(sides(played), SEED, runs=5)
    assert list(told["shares"]) == ["room", "as_is", "plan"]
    assert [sum(one) for one in told["shares"].values()] == pytest.approx([1, 1, 1])
    assert len(luck_words(told, lang)) == 3


def test_all_levers_of_a_part_reach_its_page(played):
    shown = shown_to_player(played, played.tokens[0], "en")
    assert [one["lever"] for one in shown["levers"]] == [*SPLIT, *CHOSEN]
    assert shown["purse"]["budget"] == 40


# ------------------------------------------------------------------ opening it


@pytest.fixture
def opened(monkeypatch):
    """Return how a room is opened; the hall is empty again afterwards."""

    def opening(host, lang="en", **order):
        order = RoomOrder(Scenario.load("sangatta-utara"), **order)
        return (*open_room(order, host, 8765, lang), HALL.room())

    monkeypatch.setattr(HALL, "_room", None)
    monkeypatch.setattr(HALL, "doors", HALL.doors)
    return opening


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_room_for_this_computer_says_how_to_let_others_in(opened, host, lang):
    url, said, room = opened(host, lang)
    assert not HALL.doors.open
    assert "--host 0.0.0.0" in said[-1]
    assert url.endswith(f":8765/room#{room.lecturer}")
    assert sum(room.lecturer in line for line in said) == 1
    assert sum(room.code in line for line in said) == 1


@pytest.mark.parametrize("lang", languages())
def test_a_room_for_the_network_says_what_that_means(opened, monkeypatch, lang):
    monkeypatch.setattr("cgsim.dashboard.room.opening.addresses", lambda: ["10.0.0.7", "10.1.0.7"])
    url, said, _ = opened("0.0.0.0", lang)
    assert HALL.doors.open
    assert "https" in said[-1]
    assert "http://10.0.0.7:8765/join" in said[3]
    assert "http://10.1.0.7:8765/join" in said[3]
    assert url.startswith("http://127.0.0.1:8765/room#")


def test_a_room_draws_its_luck_unless_told(opened):
    assert len({opened("127.0.0.1")[2].seed for _ in range(5)}) > 1
    assert opened("127.0.0.1", seed=7)[2].seed == 7


def test_addresses_to_type_are_those_of_other_computers_ways():
    assert all(not one.startswith("127.") for one in addresses())


def test_where_a_visitor_comes_from_cannot_be_made_up():
    heard = []

    async def app(scope, receive, send):
        heard.append(scope.get("headers"))

    sent = [(b"x-cgsim-from", b"1.2.3.4"), (b"X-CGSIM-From", b"5.6.7.8"), (b"a", b"b")]
    scope = {"type": "websocket", "client": ("10.0.0.9", 5), "headers": sent}
    for one in (scope, {"type": "lifespan"}):
        with pytest.raises(StopIteration):  # it is over at once, whatever loop runs elsewhere
            addressed(app)(one, None, None).send(None)
    assert heard == [[(b"a", b"b"), (HEADER.encode(), b"10.0.0.9")], None]
