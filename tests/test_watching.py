"""The watch over statements that get no answer: it comes and goes while others work on the same store."""

from __future__ import annotations

import sys
import threading

from sqlalchemy import text

from songstory.store import Store
from songstory.store.watching import Watch


def test_a_watch_that_ends_breaks_no_statement_of_another_thread(store: Store) -> None:
    over, broken = threading.Event(), list[BaseException]()

    def ask() -> None:
        try:
            while not over.is_set():
                with store.reading() as session:
                    session.execute(text("SELECT 1"))
        except BaseException as error:
            broken.append(error)

    answered: list[str] = []
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads change places in the middle of everything
    try:
        with Watch(store, 60, answered.append):
            asking = threading.Thread(target=ask, name="asking")
            asking.start()
            for _ in range(300):
                with Watch(store, 60, answered.append):
                    pass
            over.set()
            asking.join()
    finally:
        sys.setswitchinterval(before)
    assert not broken and set(answered) == {"asking"}


def test_who_ended_hears_no_more(store: Store) -> None:
    heard: list[str] = []
    with Watch(store, 60, heard.append), store.reading() as session:
        session.execute(text("SELECT 1"))
    count = len(heard)
    with store.reading() as session:
        session.execute(text("SELECT 1"))
    assert count and len(heard) == count
