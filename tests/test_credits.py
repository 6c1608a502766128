"""Credits as people write them: names with their roles, shares never told nor kept, and refused as a whole where they are unsure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songstory.sources import credits


def names(cell: str | list[str], predicate: str = "writer", commas: str = "") -> list[str]:
    return [c.name for c in credits.read(cell, predicate, commas)]


INES, J, C = "Ines Okafor", "Jonas Brandt", "Cara Lind"
PEOPLE = {
    INES: [INES], f"{INES}, {J}": [INES, J], f"{INES}; {J}": [INES, J], f"{INES} / {J}": [INES, J], f"{INES}/{J}": [INES, J], f"{INES} & {J}": [INES, J], f"{INES} and {J}": [INES, J],
    f"{INES} und {J}": [INES, J], f"{INES} y {J}": [INES, J], f"{INES} et {J}": [INES, J], f"{INES} e {J}": [INES, J], f"{INES}\n{J}": [INES, J], f"{INES} | {J}": [INES, J],
    f"{INES}, {J} and {C}": [INES, J, C], f"{INES}, {J}, and {C}": [INES, J, C], f"{INES}, {J} & {C}": [INES, J, C], f"{INES} + {J}": [INES, J], f"{INES}、{J}": [INES, J],
    f"1. {INES} 2. {J}": [INES, J], f"1) {INES}\n2) {J}": [INES, J], f"• {INES} • {J}": [INES, J], f"- {INES}\n- {J}": [INES, J], f"* {INES}\n* {J}": [INES, J],
    f"{INES} · {J}": [INES, J], f"{INES}; {INES}": [INES], "Lennon/McCartney": ["Lennon", "McCartney"], "Stock, Aitken, Waterman": ["Stock", "Aitken", "Waterman"],
    "Sammy Davis, Jr.": ["Sammy Davis, Jr."], f"Sammy Davis, Jr., {INES}": ["Sammy Davis, Jr.", INES], f"Sammy Davis Jr. & {INES}": ["Sammy Davis Jr.", INES],
    "Tyler, The Creator": ["Tyler, The Creator"], f"Tyler, The Creator, {INES}": ["Tyler, The Creator", INES],
    "Sly and the Family Stone": ["Sly and the Family Stone"], "Simon & Garfunkel": ["Simon & Garfunkel"], "AC/DC": ["AC/DC"],
    "Earth, Wind & Fire": ["Earth, Wind & Fire"], "Smith, John": ["John Smith"], "Okafor, Ines; Brandt, Jonas": [INES, J],
    "Okafor, I.; Brandt, J.": ["I. Okafor", "J. Brandt"], "van Halen, Edward; Okafor, Ines": ["Edward van Halen", INES], "Smith, John P.": ["John P. Smith"],
    "Smith, John and Brown, Jane": ["John Smith", "Jane Brown"], "Santiago Ramón y Cajal": ["Santiago Ramón y Cajal"], "k.d. lang": ["k.d. lang"],
    "Björk": ["Björk"], "阿久悠・都倉俊一": ["阿久悠", "都倉俊一"], "Jonas Brandt, Ph.D.": ["Jonas Brandt, Ph.D."], "Ines (Nes) Okafor": ["Ines (Nes) Okafor"],
    f"(1) {INES} (2) {C}": [INES, C], f"Words and music by {INES}": [INES], f"{INES}¹, {C}²": [INES, C], f"{C} <cara@label.example>": [C],
    f"{INES}, tel. +44 20 7946 0001": [INES], "Paul & Anna Lind": ["Paul & Anna Lind"], "van den Brink, Cara": ["Cara van den Brink"], f"{C} d/b/a Lind Sound": [C],
    "50 Cent": ["50 Cent"], "will.i.am": ["will.i.am"],
    f"{INES} et al.": [INES], f"{INES}, {J} u.a.": [INES, J], f"{INES} and others": [INES], f"{INES}, Trad.": [INES], "Trad.": [], "Traditional": [], "unknown artist": [],
    "Jane Doe p/k/a Lady J": ["Lady J"], "Jane Doe (p/k/a Lady J)": ["Lady J"], "Jane Doe aka Lady J": ["Jane Doe"], f"Jane Doe a/k/a Lady J, {INES}": ["Jane Doe", INES],
}  # fmt: skip


@pytest.mark.parametrize(("cell", "expected"), PEOPLE.items())
def test_people_are_parted_and_a_name_stays_whole(cell: str, expected: list[str]) -> None:
    assert names(cell) == expected


ACTS = {
    "Simon & Garfunkel": ["Simon & Garfunkel"], "Chase & Nova": ["Chase & Nova"], "AC/DC": ["AC/DC"], "Low/High": ["Low/High"], "A & B; C": ["A & B", "C"],
    "Earth, Wind & Fire": ["Earth, Wind & Fire"], "Fox, Hen & Goose": ["Fox, Hen & Goose"], "Tyler, The Creator": ["Tyler, The Creator"],
    "Sly and the Family Stone": ["Sly and the Family Stone"], "Ana Okafor, Ben Quill": ["Ana Okafor", "Ben Quill"],
    "Ana Okafor, Ben Quill & Lil Moe": ["Ana Okafor", "Ben Quill", "Lil Moe"], "Beatles, The": ["The Beatles"], "Smith & Sons, Ltd.": ["Smith & Sons, Ltd."],
    "Sunset / Harbour": ["Sunset", "Harbour"],
}  # fmt: skip


@pytest.mark.parametrize(("cell", "expected"), ACTS.items())
@pytest.mark.parametrize("predicate", ["performer", "label"])
def test_acts_keep_the_signs_in_their_names(cell: str, expected: list[str], predicate: str) -> None:
    assert names(cell, predicate) == expected


@pytest.mark.parametrize("predicate", ["writer", "producer", "performer"])
@pytest.mark.parametrize(
    "cell",
    ["{0} (50%), {1} (50%)", "{0} [100]; {1} [100]", "{0} (33.33 %); {1} (66.67 %)", "{0} - 50 %; {1} - 50 %", "{0} 50% / {1} 50%",
     "{0} (33 1/3%); {1}", "{0} 12,5 %; {1} 87,5 %", "{0} (50 percent); {1} (50 Prozent)", "{0} {{50}}; {1} {{50}}", "{0} (share: 50%); {1}"],
)  # fmt: skip
def test_shares_are_dropped(cell: str, predicate: str) -> None:
    found = credits.read(cell.format(INES, J), predicate)
    assert [c.name for c in found] == [INES, J] and not any(d in str(found) for d in "0123456789%")


@pytest.mark.parametrize(
    "cell",
    ["{0} 50, {1} 50", "{0}: 50; {1}: 50", "{0} = 50; {1} = 50", "{0} | 50 | {1} | 50", "50% {0}, 50% {1}", "{0} 1/2; {1} 1/2", "{0} - 50, {1} - 50", "{0} 50% {1} 50%"],
)  # fmt: skip
def test_shares_of_people_are_known_without_brackets(cell: str) -> None:
    assert names(cell.format(INES, J)) == [INES, J]


ROLES = {
    "Ines Okafor (lyrics), Jonas Brandt (music)": [(INES, "lyricist"), (J, "composer")],
    "Ines Okafor [guitar]": [(INES, "instrument")],
    "Ines Okafor (words & music)": [(INES, "writer")],
    "Ines Okafor (music, lyrics)": [(INES, "composer"), (INES, "lyricist")],
    "Ines Okafor (Text), Jonas Brandt (Musik)": [(INES, "lyricist"), (J, "composer")],
    "Ines Okafor (lyrics, 50%)": [(INES, "lyricist")],
    "Ines Okafor 50% (lyrics); Jonas Brandt": [(INES, "lyricist"), (J, "writer")],
    "Ines Okafor (strings)": [(INES, "writer")],
    "Ines Okafor (ASCAP)": [(INES, "writer")],
    "Music: Ines Okafor; Lyrics: Jonas Brandt": [(INES, "composer"), (J, "lyricist")],
    "Lyrics by Ines Okafor, music by Jonas Brandt": [(INES, "lyricist"), (J, "composer")],
    "Composer: Ines Okafor, Lyricist: Jonas Brandt": [(INES, "composer"), (J, "lyricist")],
    "Ines Okafor - lyrics; Jonas Brandt: music": [(INES, "lyricist"), (J, "composer")],
    "Ines Okafor (guitar, bass)": [(INES, "instrument"), (INES, "instrument")],
    "Ines Okafor (additional)": [(INES, "writer")],
    "Lyrics by Ines Okafor; music by Jonas Brandt": [(INES, "lyricist"), (J, "composer")],
    "Trad. arr. Ines Okafor": [(INES, "arranger")],
    "Trad., arr. by Ines Okafor": [(INES, "arranger")],
}


@pytest.mark.parametrize(("cell", "expected"), ROLES.items())
def test_a_role_beside_a_name_is_its_own(cell: str, expected: list[tuple[str, str]]) -> None:
    assert [(c.name, c.predicate) for c in credits.read(cell, "writer")] == expected


def test_an_instrument_is_named() -> None:
    assert credits.read("Ines Okafor [guitar]", "producer")[0].qualifiers == (("instrument", "guitar"),)


def test_a_guest_of_an_act_is_a_featured_artist() -> None:
    assert [(c.name, c.predicate) for c in credits.read("Night Crew feat. Ana Okafor", "performer")] == [
        ("Night Crew", "performer"), ("Ana Okafor", "featured_artist"),
    ]  # fmt: skip
    assert names("feat. Ana Okafor", "featured_artist") == ["Ana Okafor"]


UNSURE = [
    f"{INES} (tracks 2-5)", f"probably {J}", f"not {J}", "Lind Music Publishing Ltd.",
    "Okafor, Zenobia", "Lennon, McCartney", "Drake, Noah Shebib", "Ines Okafor feat. Jonas Brandt", "Ines Okafor or Jonas Brandt", "Ines Okafor (uncredited)",
    "Ines Okafor (assistant)", "Ines Okafor?", "Ines Okafor (?)", "see the booklet for all of the names of those who wrote it", "Ines Okafor (lyrics",
    "https://example.org", "Strings: Ines Okafor", "Ines Okafor with Jonas Brandt", "Ines Okafor 50", "Ines Okafor $500", "Ines Okafor x Jonas Brandt", "Ines Okafor - Jonas Brandt", "{'id': 1}", "Smith, John, Brown, Jane",
]  # fmt: skip


@pytest.mark.parametrize("cell", UNSURE)
def test_what_is_unsure_is_refused_as_a_whole_and_no_share_is_named(cell: str) -> None:
    for text in (cell, f"{cell}; Jonas Brandt 37.5%"):
        with pytest.raises(ValueError, match=r"expected .*found") as caught:
            credits.read(text, "writer")
        assert not any(c.isdecimal() for c in str(caught.value))


def test_the_other_cells_of_a_column_say_what_a_comma_does() -> None:
    assert credits.commas_of("Ines Okafor, Jonas Brandt") == "parts" and credits.commas_of("Okafor, Ines; Brandt, Jonas") == "turned"
    assert credits.commas_of("Okafor, Zenobia") == "" and credits.commas_of(INES) == ""
    assert names("Drake, Noah Shebib", commas="parts") == ["Drake", "Noah Shebib"]
    with pytest.raises(ValueError, match="expected names parted by ;"):
        names("Okafor, Zenobia", commas="parts")
    assert credits.read("Okafor, Zenobia", "writer", "turned") == [("Zenobia Okafor", "writer", "Okafor, Zenobia", ())]


def test_a_list_gives_each_name_by_itself() -> None:
    assert names(["Earth, Wind & Fire", "Fox & Hen", INES + " (50%)"]) == ["Earth, Wind & Fire", "Fox & Hen", INES]


def test_a_cell_of_too_many_names_is_refused() -> None:
    with pytest.raises(ValueError, match="expected up to 200 names"):
        credits.read("; ".join(f"Ana {chr(0x4E00 + n)}" for n in range(300)), "writer")


ALPHABET = "Ab&,;/|()[]%0159 -\n.:½é@"


@given(cell=st.text(ALPHABET, max_size=40) | st.text(max_size=40), predicate=st.sampled_from(["writer", "label", "performer"]))
def test_any_cell_is_read_or_refused_without_its_shares(cell: str, predicate: str) -> None:
    try:
        found = credits.read(cell, predicate)
    except ValueError as error:
        assert "%" not in str(error)
    else:
        assert all(c.name.strip() for c in found)
