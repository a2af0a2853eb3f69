"""The desk: fair turns, one answer for one question, a word when it is too much."""

import threading

from cgsim.dashboard.desk import KEPT, Desk


class Asked:
    """Somebody who asks and hears."""

    def __init__(self):
        self.heard = []
        self.over = threading.Event()

    def __call__(self, answer):
        self.heard.append(answer)
        if answer.state in ("done", "failed"):
            self.over.set()


class Gate:
    """Work that goes on only when it is let."""

    def __init__(self, result="late"):
        self.began, self.free, self.result = threading.Event(), threading.Event(), result

    def __call__(self):
        self.began.set()
        assert self.free.wait(20)
        return self.result


def test_work_is_done_and_told():
    desk, one = Desk(), Asked()
    assert desk.ask("a", "key", lambda: 42, one).state == "waiting"
    assert one.over.wait(20)
    assert [answer.state for answer in one.heard] == ["running", "done"]
    assert one.heard[-1].result == 42
    assert desk.ask("b", "key", lambda: 1 / 0, Asked()).result == 42


def test_one_question_is_answered_once_for_all_who_ask():
    desk, gate, first, second = Desk(), Gate(), Asked(), Asked()
    desk.ask("a", "key", gate, first)
    assert gate.began.wait(20)
    assert desk.ask("b", "key", lambda: 1 / 0, second).state == "running"
    gate.free.set()
    assert first.over.wait(20)
    assert second.over.wait(20)
    assert (first.heard[-1].result, second.heard[-1].result) == ("late", "late")


def test_a_new_wish_takes_the_place_of_the_old_one():
    desk, gate, done = Desk(), Gate(), []
    desk.ask("x", "first", gate, Asked())
    assert gate.began.wait(20)
    for k in range(10):
        desk.ask("slider", k, lambda k=k: done.append(k), Asked())
    last = Asked()
    assert desk.ask("slider", "last", lambda: done.append("last"), last).before == 1
    gate.free.set()
    assert last.over.wait(20)
    assert done == ["last"]


def test_work_tells_how_much_of_it_is_done(monkeypatch):
    monkeypatch.setattr("cgsim.dashboard.desk.TOLD_EVERY", 0.0)
    desk, one = Desk(), Asked()

    def work():
        told = desk.watch()
        for k in range(4):
            told(k, 4)
        return "whole"

    desk.ask("a", "key", work, one)
    assert one.over.wait(20)
    assert [answer.share for answer in one.heard[1:-1]] == [0.0, 0.25, 0.5, 0.75]
    desk.watch()(1, 2)  # outside of any work nobody is told
    assert one.heard[-1].state == "done"


def test_too_much_is_said_plainly():
    desk, gate = Desk(most=2), Gate()
    desk.ask("x", "first", gate, Asked())
    assert gate.began.wait(20)
    assert desk.ask("a", 1, lambda: 1, Asked()).before == 1
    assert desk.ask("b", 2, lambda: 2, Asked()).before == 2
    assert desk.ask("c", 3, lambda: 3, Asked()).state == "busy"
    desk.withdraw("a")
    assert desk.ask("c", 3, lambda: 3, Asked()).state == "waiting"
    gate.free.set()


def test_work_that_fails_is_told_and_the_next_is_done(caplog):
    desk, bad, good = Desk(), Asked(), Asked()
    desk.ask("a", "bad", lambda: 1 / 0, bad)
    desk.ask("b", "good", lambda: "fine", good)
    assert good.over.wait(20)
    assert bad.heard[-1].state == "failed"
    assert "work for a page failed" in caplog.text


def test_a_page_that_is_gone_hurts_nobody():
    desk, good = Desk(), Asked()

    def gone(_):
        raise RuntimeError("closed")

    gate = Gate()
    desk.ask("a", "key", gate, gone)
    assert gate.began.wait(20)
    assert desk.ask("b", "key", gate, good).state == "running"
    gate.free.set()
    assert good.over.wait(20)


def test_answers_are_kept_for_a_while_only():
    desk = Desk()
    for k in range(KEPT + 5):
        one = Asked()
        desk.ask("a", k, lambda k=k: k, one)
        assert one.over.wait(20)
    assert desk.ask("a", KEPT + 4, lambda: None, Asked()).state == "done"
    assert desk.ask("a", 0, lambda: None, Asked()).state == "waiting"
