"""No text from outside is read for longer than its length accounts for: patterns, the functions around them, and caps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import adversary
import pytest
from sqlalchemy import event

import songstory as ss
from songstory import editing, grounding, matching
from songstory.checking import check_claim
from songstory.errors import ReviewError
from songstory.grounding import LONGEST_SENTENCE
from songstory.models import Card, Label, Sentence
from songstory.sources import discogs, extraction, name_lists, shapes, song_box, wikipedia, wikitext
from songstory.store import Store
from songstory.store.bulk import screen

Reads = Callable[[str], object]

RUNS = (
    *adversary.PLAIN, "Ines Okafor wrote it. ", "written by A and ", "(live) ", "live - ", "feat. ", "{{", "[[File:a|", "<ref>", "<!--", "== a ==\n",
    "| a = b\n", "A. ", "Max Martin ", "album ", "number 1 on the UK Chart, ", "samples A ", "a@b.", "12 Elm Street ",
)  # fmt: skip
FUNCTIONS: dict[str, Reads] = {
    "title key": matching.title_key.__wrapped__,
    "artist key": matching.artist_key.__wrapped__,
    "sentences": lambda text: list(extraction.sentences(text)),
    "extract": lambda text: list(extraction.extract(text, "Night Bus")),
    "names": name_lists.names,
    "ranges of tracks": lambda text: discogs._places(text, ["1-1", "1-2", "A1"]),
    "marks of HTML": shapes.unmarked,
    "a field of a box": lambda text: [
        list(read(name, wikitext.Field(text, tuple(wikitext.items(text))), wikitext.Box("song", {}))) for name, read in song_box._FIELDS.items()
    ],
    "parts of links": lambda text: wikitext.linked(f"{wikitext.LINK}{text}{wikitext.LINK}"),
    "full names": lambda text: extraction.full_names([], text),
    "wikitext": wikipedia.plain,
    "infobox": lambda text: list(wikipedia.infobox("{{Infobox song\n" + text)),
    "screen": lambda text: screen("account", text, {"by": text}, text),
}


def test_every_pattern_of_the_project_is_found() -> None:
    found = {f.where for f in adversary.patterns()}
    assert len(found) > 90 and {"songstory.artist_credits.GUEST", "songstory.sources.extraction.FACTS", "songstory.privacy._EMAIL"} <= found


def test_no_pattern_is_superlinear() -> None:
    slow = {
        f.where: make(40) for f in adversary.patterns() for make in adversary.attacks(f.pattern) if adversary.steep(adversary.scan(f), make)
    }
    assert not slow


@pytest.mark.parametrize("pattern", [r"\s*(?:and|,)\s*", r"\s+$", r"\[.*?\]", r"(?m)^\s*\|", r"[A-Z]\w*(?:\s+[A-Z]\w*)*:"])
def test_a_superlinear_pattern_would_be_found(pattern: str) -> None:
    found = adversary.Found("here", adversary.re.compile(pattern), anchored=False)
    assert any(adversary.steep(adversary.scan(found), make) for make in adversary.attacks(found.pattern))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_function_around_them_is_superlinear(name: str) -> None:
    slow = [run for run in RUNS if adversary.steep(FUNCTIONS[name], lambda length, run=run: run * (length // len(run)))]  # type: ignore[misc]
    assert not slow


@pytest.mark.parametrize("run", RUNS)
def test_a_sentence_up_to_its_cap_is_checked_in_time_that_grows_with_it(run: str) -> None:
    def check(text: str) -> object:
        evidence = [{"predicate": "writer", "value": "Ines Okafor"}, {"predicate": "producer", "value": "Ben Quill"}]
        return check_claim({"id": 1, "claim": text, "evidence": evidence})

    assert not adversary.steep(check, lambda length: (run * length)[:length], LONGEST_SENTENCE)


def test_a_sentence_over_its_cap_is_refused_with_a_word_and_not_read() -> None:
    text = "Ines Okafor wrote it. " * 100_000
    (reason,) = (verdict := grounding.check_sentence(Sentence(text=text, cites=()), {}, [])).reasons
    assert (verdict.label, reason.rule) == (Label.NOT_ENOUGH_INFO, "atoms.long") and len(reason.span) < 100


def test_what_somebody_types_has_a_cap_on_the_server(desk: Store) -> None:
    revision = ss.generate(desk, "sledgehammer", ss.open_writer(), actor="mara").id
    cards = tuple(Card(kind="making", headline=Sentence(text="a"), sentences=(Sentence(text="b" * 1_900),) * 12) for _ in range(2))
    for act in (editing.edit, editing.keep):
        with pytest.raises(ReviewError, match="more than 40,000 characters"):
            act(desk, revision, cards, actor="mara")


def misses_of(remembered: Any) -> int:
    return int(remembered.cache_info().misses)


def test_an_import_computes_nothing_of_a_title_while_it_holds_the_write_lock(store: Store, tmp_path: Path) -> None:
    held: list[int] = []
    computed: list[int] = []
    event.listen(store.engine, "begin", lambda _: held.append(misses_of(matching.title_key) + misses_of(matching.artist_key)))
    for end in ("commit", "rollback"):
        event.listen(
            store.engine, end, lambda _: computed.append(misses_of(matching.title_key) + misses_of(matching.artist_key) - held[-1])
        )
    lines = [f'{{"kind":"track","id":"t{i}","title":"Harbour {i} (live)","artist":"The {i} Tides"}}' for i in range(50)]
    (tmp_path / "f.jsonl").write_text("\n".join(lines))
    misses = misses_of(matching.title_key)
    assert ss.import_file(store, tmp_path / "f.jsonl").added["track"] == 50
    assert misses_of(matching.title_key) >= misses + 50
    assert computed and not any(computed)
