"""Sensitive matters by kind, read in context: what a list of phrases is found by, and what only sounds like one."""

import json
import time
from pathlib import Path

import pytest

import songstory as ss
from songstory.phrase_table import PhraseTable, split
from songstory.sensitive_words import CLASSES, GRAVE, KINDS
from songstory.sensitivity import flags
from songstory.store import Store, catalogue
from songstory.store.screening import screen

PHRASES = [json.loads(line) for line in (Path(__file__).parents[1] / "data" / "security" / "sensitive.jsonl").read_text().splitlines()]


def kinds(text: str, *own: str) -> set[str]:
    found = dict(flags(text, True, own)).get("sensitive", "")
    return set(found.split(", ")) if found else set()


@pytest.mark.parametrize(("written", "least"), [("before", 100), ("after", 100), ("second", 30)])
def test_nearly_all_phrases_of_the_list_are_found(written: str, least: int) -> None:
    texts = [p["text"] for p in PHRASES if p["sensitive"] and p["written"] == written]
    missed = [t for t in texts if not kinds(t)]
    assert len(texts) >= least and len(missed) <= 0.03 * len(texts), missed


def test_hardly_an_innocent_phrase_is_flagged() -> None:
    texts = [p["text"] for p in PHRASES if not p["sensitive"]]
    false = [t for t in texts if kinds(t)]
    assert len(texts) >= 100 and len(false) <= 0.03 * len(texts), false


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("said that the royalties had vanished", "money gone missing"),
        ("was sacked by the label in 1991", "dismissal"),
        ("was accused of lying by her sister", "accusation"),
        ("fell out with his brother over the mix", "feud"),
        ("was hooked on painkillers", "addiction"),
        ("had slashed her wrists", "self-harm"),
        ("lost custody of her daughter", "custody"),
        ("wrote it during his divorce", "divorce"),
        ("was deported a week later", "immigration"),
        ("was rumoured to be dating the producer", "relationship"),
        ("WAS ARRESTED for Cocaine Possession", "crime"),
        ('was "Arrested For Murder"', "crime"),
        ("was (arrested) again", "crime"),
        ("came out as gay in 1998", "sexuality"),
    ],
)
def test_each_kind_is_known(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "came out as a single in May",
        "was reviewed in Christianity Today",
        "shows police officers who dance in the video",
        "was offered to The Police first",
        "has a killer hook",
        "was shot in black and white",
        'was written for the film "Dead Man Walking"',
        "features gang vocals and a naked piano",
        "has a breakdown after the second chorus",
        "is set in a compound quadruple meter often used in doo-wop",
        'The beat came back as "Breathe"',
        "shot the cover photograph from the roof of a moving bus",
        "fell out of a broken amplifier like coins out of a slot machine",
    ],
)
def test_titles_names_and_the_language_of_music_are_none(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The tape was arrested by a jammed capstan.",
        "A drunken trombone lurches through the middle eight.",
        "The piano sounds like it is on its deathbed.",
        "It ends in an abuse of cheap cutlery.",
        "Reviewers were hooked on the word angular.",
        "The Danish band Slaughter? opened for them, and Wreck? closed.",
        "The song moves from A minor to a minor sixth.",
    ],
)
def test_a_hard_word_said_of_a_thing_is_a_figure(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The tape was made while the singer was arrested.",
        "The drunken trombone player lurches through the bar.",
        "The single mother was beaten.",
        "The song is about a murder.",
        "The record executive drowned.",
        "He played the guitar drunk.",
        "died before the single came out",
        "The song killed him.",
    ],
)
def test_what_a_person_did_or_suffered_is_no_figure(text: str) -> None:
    assert kinds(text)


def test_the_names_of_the_song_and_its_artist_are_none_but_its_words_are() -> None:
    assert kinds("was the first hit for Heroin Parade") and not kinds("was the first hit for Heroin Parade", "Heroin Parade")
    assert kinds("was arrested for murder", "arrested for murder") and kinds("was Arrested For Murder", "Arrested For Murder")


def test_who_is_shot_is_no_picture() -> None:
    assert all(kinds(t) for t in ("shot the man who took the cover", "shot the cover girl", "put the advance into a slot machine"))


def test_what_nobody_outside_can_know_and_what_is_a_crime_is_grave() -> None:
    assert KINDS.keys() - {"legal dispute", "death", "dismissal", "feud", "divorce"} == GRAVE


def test_intake_reads_the_names_of_the_song(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    lines = [
        {"kind": "source", "key": "s", "name": "S", "licence": "CC0"},
        {"kind": "track", "id": "x", "title": "Guilty Heart", "artist": "Prison Choir"},
        *(
            {"kind": "fact", "track": "x", "predicate": "about", "value": v, "source": "s", "locator": v}
            for v in ("how Guilty Heart was named", "a guilty man")
        ),
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    ss.import_file(store, path)
    assert {f.locator: f.flags for f in catalogue.facts_of(store, "x")} == {
        "how Guilty Heart was named": (),
        "a guilty man": ("sensitive",),
    }


@pytest.mark.parametrize(
    ("agent", "value", "kind"),
    [
        ("The band's takings", "were missing in 2019", "money gone missing"),
        ("the money", "had gone by the morning", "money gone missing"),
        ("Orrin Vale", "was arrested for theft", "crime"),
        ("the tape", "was missing in 2019", ""),
        ("the bass line", "was missing from the first mix", ""),
    ],
)
def test_intake_reads_who_did_it_before_what_was_done(agent: str, value: str, kind: str) -> None:
    assert kind in screen("account", value, {"agent": agent}, "").get("sensitive", "")
    assert bool(kind) == bool(screen("account", value, {"kind": "x", "agent": agent}, ""))


def test_a_text_without_a_rare_word_asks_no_pattern() -> None:
    table = PhraseTable({"kind": "{money} ~ gone, fell out with"}, CLASSES, {"fell", "out", "with"})
    assert table.likely(split("the song was played on a train")) == []
    assert table.labels("the money had all gone", table.likely(split("the money had all gone"))) == ["kind"]


@pytest.mark.parametrize(
    "text", ["money " * 4_000, "gone " * 4_000, "took the " * 3_000, "shot in " * 3_000, '"A ' * 5_000, "A" * 50_000, "The A" * 9_000]
)
def test_no_text_takes_more_than_its_length(text: str) -> None:
    def seconds(t: str) -> float:
        start = time.process_time()
        flags.__wrapped__(t)
        return time.process_time() - start

    seconds(text)
    half, whole = min(seconds(text[: len(text) // 2]) for _ in range(3)), min(seconds(text) for _ in range(3))
    assert whole < 3.5 * max(half, 0.002)
