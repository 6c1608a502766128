"""Infoboxes of wikitext: which one, its fields raw and as they are shown."""

import time

import pytest

from songstory.sources import wikitext


def shown(value: str, kind: str = "song") -> tuple[str, ...] | None:
    box = wikitext.first(f"{{{{Infobox {kind}\n| writer = {value}\n}}}}")
    assert box is not None and box.kind == kind
    items = box.fields["writer"].items
    return None if items is None else tuple(map(wikitext.free, items))


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("\n* A B\n* [[C D (musician)|C D]]", ("A B", "C D")),
        ("{{hlist|A|[[B]]}}", ("A", "B")),
        ("{{ubl|A|B}}", ("A", "B")),
        ("{{unbulleted list|A|{{nowrap|B C}}}}", ("A", "B C")),
        ("{{plainlist|\n* A\n* B\n}}", ("A", "B")),
        ("{{Flatlist|\n* A\n* B\n}}", ("A", "B")),
        ("A<br />B<br>C", ("A", "B", "C")),
        ("A<ref name=x /><ref>y</ref><!-- z -->{{efn|w}}{{citation needed|date=May 2020}}", ("A",)),
        ("''A'' '''B''' <small>(x)</small> {{small|(y)}}", ("A B (x) (y)",)),
        ("{{lang|ja|夜}} {{nihongo|Night|夜|Yoru}}", ("夜 Night",)),
        ("A &amp; B&nbsp;C", ("A & B C",)),
        ("A<br />(lyrics)", ("A (lyrics)",)),
        ("{{Start date|1999|5|31}}", ("1999-05-31",)),
        ("{{Start date|1999}} {{start date|df=yes|2001|4}}", ("1999 2001-04",)),
        ("{{Duration|m=3|s=5}} {{duration|3:45}} {{Duration|h=1|m=2|s=3}}", ("3:05 3:45 1:02:03",)),
        ("[[:Category:X|shown]] [[File:a.jpg|thumb]] [https://example.org site]", ("shown site",)),
        ("{{ill|Ana Okafor|de}} {{sortname|Ben|Quill}}", ("Ana Okafor Ben Quill",)),
        ("{{Unknown thing|A}}", None),
        ("{{Start date|May 1999}}", None),
    ],
)  # fmt: skip
def test_a_value_reads_as_it_is_shown(value: str, items: tuple[str, ...] | None) -> None:
    assert shown(value) == items


def test_the_raw_value_is_kept_to_the_letter() -> None:
    box = wikitext.first("x {{infobox_Single\n|Writer= {{hlist|[[A]]|B}} <ref>z</ref>\n|Empty=\n}}")
    assert box is not None and box.kind == "single" and list(box.fields) == ["writer"]
    assert box.fields["writer"].raw == "{{hlist|[[A]]|B}} <ref>z</ref>"


def test_links_are_one_thing_and_part_where_nothing_else_stands_between_them() -> None:
    box = wikitext.first("{{Infobox song|writer=[[Dre]] & [[Vidal]], [[Tyler, the Creator]]|album=[[A and B]] with C}}")
    assert box is not None
    (writers,), (album,) = box.fields["writer"].items or (), box.fields["album"].items or ()
    assert [wikitext.free(p) for p in wikitext.linked(writers)] == ["Dre", "Vidal", "Tyler, the Creator"]
    assert [wikitext.free(p) for p in wikitext.linked(album)] == ["A and B with C"]


@pytest.mark.parametrize("wiki", ["", "{{Short description|x}}", "{{Infobox song\n| writer = A", "{{Infobox song" + "{{x}}" * 9_000 + "}}", "{{infobox}}"])
def test_no_box_is_none(wiki: str) -> None:
    assert wikitext.first(wiki) is None


@pytest.mark.parametrize("mark", ["{{", "}}", "[[", "{{hlist|", "<ref>", "<!--", "* ", "{{{", "''", "{|", "<b>", "[[a|", "&", "{{lang|"])
def test_marks_without_an_end_take_no_time(mark: str) -> None:
    began = time.monotonic()
    for end in ("", "}}", "}}" * 9_000):
        wikitext.first("{{Infobox song\n| writer = " + mark * (11_000 // len(mark)) + "\n" + end)
    assert time.monotonic() - began < 20


def test_without_the_reader_the_box_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wikitext, "_parser", lambda: None)
    assert wikitext.first("{{Infobox song|writer=A}}") == wikitext.Box("song", {}, missing=True)
