"""What editors see of hostile text: every hidden sign as a mark, no line turned around, and no cell that a spreadsheet computes."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from factories import fact
from pages import opened, served
from sqlalchemy import text

import songstory as ss
from songstory import assets, comparing, pages
from songstory.store import Store, stories

UI = assets.shipped("ui")
sys.path.insert(0, str(UI))

import safe  # noqa: E402  it lies in the folder that was just named
import telling  # noqa: E402

ISSUER = "https://id.example"
HIDDEN = {
    "turned": "Queue in \u202ethe", "tag": "Ines\U000e0041\U000e0042 Okafor", "zero width": "Ines\u200b Okafor", "soft hyphen": "Oka\u00adfor",
    "joiner": "a\u2060b", "look-alike": "Sοlar", "control": "a\x07b", "isolate": "a\u2067b", "filler": "a\u3164b",
}  # fmt: skip
FORMULAS = [
    "=1+1",
    "+44 20",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "＝1+1",
    '=HYPERLINK("http://x.example","y")',
    "=cmd|' /C calc'!A0",
]
PAGES = sorted(p.stem for p in (UI / "screens").glob("*.py"))


def calls(path: Path) -> Iterator[ast.Call]:
    return (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda p: p.name)
def test_tables_and_outside_words_are_drawn_in_one_place(path: Path) -> None:
    for call in calls(path):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if path.name != "safe.py":
            assert name not in {"dataframe", "data_editor", "table"} or ast.unparse(call.func) == "safe.table", f"{path.name}:{call.lineno}"
            assert ast.unparse(call.func) != "st.text" or isinstance(call.args[0], ast.Constant), f"{path.name}:{call.lineno}"


# cells ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula_where_it_is_downloaded(text: str) -> None:
    assert safe.cell(text).startswith("'")
    out = io.StringIO()
    csv.writer(out).writerow([safe.cell(text)])
    assert not re.match(r'"?\s*[=+\-@＝＋－＠]', out.getvalue())


@pytest.mark.parametrize("value", [0, -5, 3.5, True, None, "West End Girls", "a=b", "1986-07-26", "it's", "Ænima"])
def test_what_is_no_formula_stays_as_it_is(value: Any) -> None:
    assert safe.cell(value) == value and type(safe.cell(value)) is type(value)


# what is seen ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", HIDDEN.values(), ids=HIDDEN)
def test_a_hidden_sign_is_a_mark_wherever_a_story_is_drawn(words: str) -> None:
    told_of = fact("writer", words, source_name=words, locator=words, quote=words)
    drawn = [
        safe.seen(words),
        safe.cell(words),
        {k: v for k, v in telling._fact(told_of, "F1").items() if k != "key"},
        telling._line(words, ["k"], None, {})["seen"],
    ]
    for shown in drawn:
        told = json.dumps(shown, ensure_ascii=False)
        assert "⟦U+" in told and not re.search("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\u3164\U000e0000-\U000e007f]", told)


def test_what_is_typed_is_not_changed_by_how_it_is_shown() -> None:
    line = telling._line(HIDDEN["tag"], [], None, {})
    assert line["text"] == HIDDEN["tag"] and line["seen"] == "Ines⟦U+E0041⟧⟦U+E0042⟧ Okafor"


@pytest.mark.parametrize("text", ["שיר אחד", "أغنية", "ژاله"])
def test_letters_from_right_to_left_keep_to_themselves(text: str) -> None:
    assert safe.apart(text) == f"\u2068{text}\u2069" and safe.apart("West End Girls") == "West End Girls"


# pages ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def hostile(desk: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A desk whose store was filled before anything was cleaned at the border."""
    ss.generate(desk, "sledgehammer", ss.open_writer(), actor="night")
    with desk.session() as session:
        run = session.connection().execute
        run(text("UPDATE track SET title = :t, artist_credit = :a"), {"t": HIDDEN["turned"], "a": HIDDEN["tag"]})
        run(text("UPDATE source SET name = :n"), {"n": FORMULAS[-1]})
    with served(desk, monkeypatch):
        yield desk


@pytest.mark.parametrize("screen", PAGES)
def test_no_page_shows_a_hidden_sign_or_hands_out_a_formula(hostile: Store, screen: str) -> None:
    more = {"part": "sources"} if screen == "sources" else {}
    app = opened(screen, "ada" if screen == "people" else "cleo", id="sledgehammer", track="sledgehammer", **more)
    words = [str(e.value) for kind in (app.text, app.title) for e in kind] + [o for box in app.selectbox for o in box.options]
    assert not [w for w in words if re.search("[\u202a-\u202e\U000e0000-\U000e007f]", w)]
    for table in app.dataframe:
        rows = list(csv.reader(io.StringIO(table.value.to_csv(index=False))))
        assert not [c for row in rows for c in row if re.match(r"\s*[=+@]|\s*-\D", c)]
    assert not any("sign in again" in w for w in words), "the control: the page is drawn"
    assert screen != "sources" or any("'=cmd" in t.value.to_csv() for t in app.dataframe)


class Bare(HTMLParser):
    """Collects words that stand in no element of their own direction."""

    def __init__(self) -> None:
        super().__init__()
        self.own, self.bare = 0, list[str]()

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.own += tag == "bdi" or ("dir", "auto") in attributes

    def handle_endtag(self, tag: str) -> None:
        self.own -= tag in {"bdi", "h1"}

    def handle_data(self, data: str) -> None:
        self.bare += [data] if not self.own else []


def test_outside_words_on_the_page_of_a_story_keep_their_direction(hostile: Store) -> None:
    with hostile.session() as session:
        session.connection().execute(text("UPDATE track SET title = 'שיר אחד', artist_credit = 'أغنية'"))
    story = ss.generate(hostile, "sledgehammer", ss.open_writer(), actor="night")
    for act, who in ((ss.submit, "mara"), (ss.approve, "ben"), (ss.publish, "cleo")):
        act(hostile, story.id, actor=who)
    reader = Bare()
    reader.feed(pages.html(ss.published(hostile, "sledgehammer")).split("<main>")[1])
    assert not [w for w in reader.bare if re.search("Daniel Lanois|Geffen|שיר|أغنية", w)]


def test_a_comparison_shows_marks_too(hostile: Store) -> None:
    before = stories.get_revision(hostile, "sledgehammer.1")
    line = before.cards[0].sentences[0].model_copy(update={"text": HIDDEN["tag"]})
    after = before.model_copy(update={"id": "sledgehammer.2", "cards": (before.cards[0].model_copy(update={"sentences": (line,)}),)})
    told = json.dumps(telling.comparison(comparing.compare(before, after)), ensure_ascii=False)
    assert "⟦U+E0041⟧" in told and not re.search("[\U000e0000-\U000e007f]", told)
