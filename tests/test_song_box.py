"""What the infobox of a song says, and what it leaves out."""

import json
from pathlib import Path

import pytest

from songstory.importing import import_wikipedia
from songstory.records import Passed, Recording, Statement
from songstory.sources import song_box, wikipedia, wikitext
from songstory.store import Store, catalogue

DATA = Path(__file__).parent / "data" / "wikipedia"


def read(field: str, value: str) -> tuple[list[tuple[object, ...]], list[str]]:
    box = wikitext.first(f"{{{{Infobox song\n| {field} = {value}\n}}}}")
    assert box is not None
    found = list(song_box.statements(box, "Night Bus"))
    said = [(s.predicate, s.value, *s.qualifiers.values()) for s in found if isinstance(s, Statement)]
    assert all(s.quote for s in found if isinstance(s, Statement))
    return said, [s.why for s in found if isinstance(s, Passed)]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("writer", "Ana Okafor, Ben Quill and Cara Lind", ["Ana Okafor", "Ben Quill", "Cara Lind"]),
        ("writer", "Ana Okafor & Ben Quill", ["Ana Okafor", "Ben Quill"]),
        ("producer", "Dre & Vidal", ["Dre & Vidal"]),
        ("producer", "[[Dre]] & [[Vidal]]", ["Dre", "Vidal"]),
        ("writer", "[[Earth, Wind & Fire]], [[Simon and Garfunkel]]", ["Earth, Wind & Fire", "Simon and Garfunkel"]),
        ("writer", "Florence and the Machine", ["Florence and the Machine"]),
        ("writer", "Harry Connick, Jr., Ana Okafor", ["Harry Connick, Jr.", "Ana Okafor"]),
        ("writer", "AC/DC", ["AC/DC"]),
        ("label", "[[Atlantic]] / [[Reprise]]", ["Atlantic", "Reprise"]),
        ("label", "Columbia (US), EMI (UK)", ["Columbia", "EMI"]),
        ("writer", "Ana Okafor (uncredited)", ["Ana Okafor"]),
        ("studio", "[[Pier Studios|Pier]], London (England); Dock", ["Pier, London", "Dock"]),
        ("genre", "[[Pop rock|Pop rock]], [[R&B]], [[Latin pop]]", ["pop rock", "R&B", "Latin pop"]),
    ],
)
def test_a_list_is_taken_whole(field: str, value: str, said: list[str]) -> None:
    found, left = read(field, value)
    assert [v for _, v, *_ in found] == said and not left


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("writer", "Ana Okafor (lyrics), Ben Quill (music)", [("lyricist", "Ana Okafor"), ("composer", "Ben Quill")]),
        ("lyrics", "Ana Okafor", [("lyricist", "Ana Okafor")]),
        ("producer", "Ana Okafor (co.), Ben Quill (vocal)", [("co_producer", "Ana Okafor"), ("vocal_producer", "Ben Quill")]),
        ("released", "{{Start date|2016|04|29|df=y}}", [("released", "2016-04-29")]),
        ("released", "29 April 2016 (UK)<br>May 3, 2016 (US)", [("released", "2016-04-29", "UK"), ("released", "2016-05-03", "US")]),
        ("released", "April 2016 (Worldwide)", [("released", "2016-04")]),
        ("recorded", "2 May 1986", [("recorded_on", "1986-05-02")]),
        ("recorded", "May 1986", [("recorded_on", "1986-05")]),
        ("recorded", "1986", [("recorded_on", "1986")]),
        ("length", "3:45", [("duration", 225)]),
        ("length", "1:02:03", [("duration", 3_723)]),
        ("album", "''[[Low Tide (album)|Low Tide]]'' (2016)", [("track_on", "Low Tide", "2016")]),
        ("from album", "[[One]] and [[Two]]", [("track_on", "One"), ("track_on", "Two")]),
    ],
)
def test_a_field_is_read(field: str, value: str, said: list[tuple[object, ...]]) -> None:
    assert read(field, value) == (said, [])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("recorded", "May–June 1986"), ("recorded", "1968–1969"), ("recorded", "29–31 May 1991"), ("recorded", "c. 1986"), ("recorded", "1986?"),
        ("recorded", "2 May 1986<br>4 May 1986"), ("recorded", "May 1986, Pier Studios"), ("recorded", "1970s"), ("recorded", "Summer 1969"),
        ("released", "Early 1999"), ("released", "1999 (reissue)"), ("released", "UK: 3 May 1999"), ("length", "3:45 (single)<br>5:01 (album)"),
        ("length", "3:45 (album version)"), ("length", "3'5"), ("b-side", '"Other Song"'), ("writer", "Ana Okafor (tracks 1–3)"),
        ("writer", "various"), ("producer", "Production: Ana Okafor"), ("album", "non-album single"), ("writer", "{{who knows|A}}"),
        ("writer", "Traditional"),
    ],
)  # fmt: skip
def test_what_is_not_flat_is_left_out_and_said(field: str, value: str) -> None:
    found, left = read(field, value)
    assert not found and len(left) == 1 and left[0].startswith(f"infobox {field}: ")


def test_a_page_of_the_api_gives_its_box_and_its_sentences() -> None:
    found = list(wikipedia.parse(json.loads((DATA / "revisions_made.json").read_text())))
    (recording,) = [r for r in found if isinstance(r, Recording)]
    assert (recording.title, recording.artist_credit, recording.revision) == ("Night Bus", "Ana Okafor", "41")
    assert [(s.predicate, s.value, *s.qualifiers.values()) for s in recording.statements] == [
        ("track_on", "Low Tide"),
        ("released", "2016-04-29"),
        ("recorded_at", "Pier Studios"),
        ("recorded_at", "Dock, Leeds"),
        ("genre", "pop"),
        ("genre", "R&B"),
        ("genre", "soul"),
        ("duration", 225),
        ("label", "Blue Door"),
        ("label", "Harbour"),
        ("writer", "Ana Okafor"),
        ("lyricist", "Ben Quill"),
        ("writer", "Tyler, the Creator"),
        ("producer", "Cara Lind"),
        ("producer", "Dre & Vidal"),
        ("executive_producer", "J. R. Cole"),
    ]
    assert all(s.quote and s.object is not None for s in recording.statements if s.predicate in {"writer", "producer", "label"})
    assert [r.why for r in found if isinstance(r, Passed)] == ["infobox b-side: it is another song; left out", "infobox recorded: no flat date; left out"]


@pytest.mark.parametrize(
    ("value", "quotes"),
    [
        ("[[Ana Okafor (singer)|Ana Okafor]]", ["[[Ana Okafor (singer)|Ana Okafor]]"]),
        ("Dre &amp; Vidal", ["Dre & Vidal"]),
        ("{{nowrap|Ana Okafor}}<ref>x</ref>", ["Ana Okafor"]),
        ("[[Ana Okafor]], Ben Quill (lyrics)", ["Ana Okafor", "Ben Quill (lyrics)"]),
        ("{{hlist|[[Ana Okafor|Ana O.]]|Ben Quill<ref>x</ref>}}", ["Ana O.", "Ben Quill"]),
    ],
)
def test_the_quote_is_what_a_fact_rests_on(value: str, quotes: list[str]) -> None:
    box = wikitext.first(f"{{{{Infobox song|writer={value}}}}}")
    assert box is not None and [s.quote for s in song_box.statements(box, "") if isinstance(s, Statement)] == quotes


def test_what_a_box_says_is_not_set_aside_for_its_markup(store: Store) -> None:
    done = import_wikipedia(store, [DATA / "revisions_made.json"])
    (track,) = catalogue.track_ids(store)
    assert not done.rejected and not [f for f in catalogue.facts_of(store, track) if f.flags]


WIKI = json.loads((DATA / "revisions_made.json").read_text())["query"]["pages"][0]["revisions"][0]["slots"]["main"]["content"]
LEAD = '"Night Bus" is a song.'


@pytest.mark.parametrize(
    "data",
    [
        {"parse": {"title": "Night Bus", "wikitext": WIKI}},
        {"parse": {"title": "Night Bus", "wikitext": {"*": WIKI}}},
        {"query": {"pages": {"7": {"title": "Night Bus", "revisions": [{"*": WIKI}]}}}},
        {"query": {"pages": [{"title": "Night Bus", "revisions": [{"content": WIKI}]}]}},
        {"query": {"pages": [{"title": "Night Bus", "extract": LEAD, "revisions": [{"slots": {"main": {"*": WIKI}}}]}]}},
        {"title": "Night Bus", "wikitext": WIKI},
        {"title": "Night Bus", "wikitext": WIKI, "text": LEAD},
        {"title": "Night Bus", "wikitext": WIKI, "sections": [{"heading": "Lead", "text": LEAD}]},
        {"title": "Night Bus", "source": WIKI, "latest": {"id": 3}},
    ],
)
def test_wikitext_is_found_in_every_known_form(data: object) -> None:
    (recording,) = [r for r in wikipedia.parse(data) if isinstance(r, Recording)]
    assert [s.value for s in recording.statements if s.predicate == "producer"][:2] == ["Cara Lind", "Dre & Vidal"]


@pytest.mark.parametrize("kind", ["album", "person", "musical artist", "film"])
def test_the_box_of_something_else_says_nothing_of_a_song(kind: str) -> None:
    found = list(wikipedia.parse({"title": "Night Bus (song)", "wikitext": WIKI.replace("Infobox song", f"Infobox {kind}")}))
    assert not [s for r in found if isinstance(r, Recording) for s in r.statements if s.predicate in {"genre", "label", "duration"}]


def test_without_the_reader_the_article_is_read_and_the_box_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wikitext, "_parser", lambda: None)
    passed, recording = wikipedia.parse({"title": "Night Bus", "wikitext": WIKI})
    assert isinstance(passed, Passed) and "songstory[wikipedia]" in passed.why
    assert isinstance(recording, Recording) and [s.value for s in recording.statements] == ["Cara Lind"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("writer", "[[Ivo Stone|Ivo]] and [[Rae Stone]]", [("writer", "Ivo Stone"), ("writer", "Rae Stone")]),
        ("writer", "[[Prince Rogers Nelson|Prince]] and [[Rae Stone]]", [("writer", "Prince"), ("writer", "Rae Stone")]),
        ("writer", "Traditional; arranged by Rae Stone", [("arranger", "Rae Stone")]),
        ("writer", "Rae Stone; adapted by Ivo Stone", [("writer", "Rae Stone")]),
        ("producer", "self-produced", []),
        ("label", "Pier <small>(PR 12)</small>, <s>Dock</s>", [("label", "Pier")]),
        ("label", "{{URL|https://pier.example|Pier}}", [("label", "Pier")]),
        ("label", "Pier (UK 12)", []),
        ("released", "{{Start date|2003|4|5}}, re-released 2013", [("released", "2003-04-05")]),
        ("released", "2013 (re-release)", []),
        ("released", "April 2023 (digital)<br>May 2023 (CD)", [("released", "2023-04")]),
        ("recorded", "Live, 3 May 2011", [("recorded_on", "2011-05-03")]),
        ("length", "4 min 7 s", [("duration", 247)]),
    ],
)
def test_what_stands_beside_a_value_neither_hides_nor_changes_it(field: str, value: str, said: list[tuple[object, ...]]) -> None:
    assert read(field, value)[0] == said
