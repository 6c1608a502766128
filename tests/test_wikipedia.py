"""What articles say: sections, passages, and facts with the words they rest on."""

from pathlib import Path

import pytest

from songstory.errors import BadRecord
from songstory.records import Recording
from songstory.sources import files, wikipedia
from songstory.sources.extraction import extract, sentences

DATA = Path(__file__).parent / "data" / "wikipedia"


def facts(text: str, title: str = "Night Bus") -> list[tuple[str, object]]:
    return [(s.predicate, s.value) for s in extract(text, title)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Night Bus" was written by Ana Okafor and Ben Quill.', [("writer", "Ana Okafor"), ("writer", "Ben Quill")]),
        ("The song was produced by J. R. Cole.", [("producer", "J. R. Cole")]),
        ("It was written and produced by Ana Okafor.", [("writer", "Ana Okafor"), ("producer", "Ana Okafor")]),
        ("The song was recorded at Abbey Road Studios.", [("recorded_at", "Abbey Road Studios")]),
        ("The song was recorded in May 1986.", [("recorded_on", "1986-05")]),
        ("It peaked at number four on the UK Singles Chart.", [("charted", 4)]),
        ("The single was certified gold by the British Phonographic Industry (BPI).", [("certified", "gold")]),
        ('The song samples "Low Tide" by The Salt Choir.', [("samples", "Low Tide")]),
        ("The song was inspired by a train ride.", [("inspired_by", "a train ride")]),
        ("The music video was directed by Gus Pratt.", [("video_director", "Gus Pratt")]),
        ("The music was written by Cara Lind and the lyrics by Ben Quill.", [("composer", "Cara Lind"), ("lyricist", "Ben Quill")]),
    ],
)
def test_a_plain_sentence_gives_its_fact(text: str, expected: list[tuple[str, object]]) -> None:
    assert sorted(facts(text), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    "text",
    [
        '"Other Song" was written by Ana Okafor.',
        "The album was produced by Ben Quill.",
        "It was reportedly written by Ana Okafor.",
        "The song was not written by Ana Okafor.",
        "A remix of the song was produced by Ben Quill.",
        "The song was written by the band's guitarist.",
        "The demo of the song was recorded in May 1986.",
        "The song was re-recorded in 1990.",
        "He claimed the song was inspired by a train ride.",
        "The video was produced by Ben Quill.",
        "The song was recorded between May and June 1986.",
        "The LP, which has the song, reached number one on the UK Albums Chart.",
    ],
)
def test_what_is_not_plain_or_not_of_this_song_gives_nothing(text: str) -> None:
    assert facts(text) == []


def test_every_quote_stands_in_its_passage_to_the_letter() -> None:
    recordings = [r for _, value in files.documents(DATA / "articles.jsonl") for r in wikipedia.parse(value)]
    checked = 0
    for recording in recordings:
        assert isinstance(recording, Recording)
        passages = {e.key: e.text for e in recording.excerpts}
        for statement in recording.statements:
            assert statement.quote in passages[statement.excerpt]
            checked += 1
    assert checked >= 30


def test_the_artist_comes_from_the_title_or_the_first_sentence() -> None:
    found = {
        r.title: r.artist_credit
        for _, v in files.documents(DATA / "articles.jsonl")
        for r in wikipedia.parse(v)
        if isinstance(r, Recording)
    }
    assert found["Kiss You"] == "One Direction" and found["Love Me Like You"] == "Little Mix"


@pytest.mark.parametrize("name", ["rest_summary.json", "action_parse.json"])
def test_an_article_about_something_else_is_named(name: str) -> None:
    found = [r for n, v in files.documents(DATA / name) for r in wikipedia.parse(v, name, n)]
    assert len(found) == 1 and isinstance(found[0], BadRecord) and "not about a song" in str(found[0])


def test_wikitext_is_read_as_text_with_its_infobox() -> None:
    _, value = next(files.documents(DATA / "action_parse.json"))
    (article,) = wikipedia.articles(value)
    boxed = dict(article.infobox)
    assert (boxed["artist"], boxed["producer"], boxed["infobox"]) == ("John Coltrane", "Alfred Lion", "album")
    assert not any(mark in text for _, text in article.sections for mark in ("{{", "[[", "<ref"))


def test_initials_and_abbreviations_end_no_sentence() -> None:
    assert [s.text for s in sentences("It was written by J. R. Cole. It reached No. 1 in the U.S. charts.")] == [
        "It was written by J. R. Cole.",
        "It reached No. 1 in the U.S. charts.",
    ]


@pytest.mark.parametrize("mark", ["{{", "[[", "{|", "<ref>", "<ref x", "<!--", "[[File:", "[[a|", "[http://", "[http://a ", "''", "{{a|"])
def test_marks_without_an_end_are_read_once(mark: str) -> None:
    """So many that reading on to the end from each of them would take hours."""
    wiki = mark * (1_900_000 // len(mark))
    assert len(wikipedia.plain(wiki)) <= len(wiki)


NAMES = ["Ana Okafor", "Ben Quill", "Cara Lind"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Written by Ana Okafor, Ben Quill and Cara Lind, "Night Bus" is built around a loop.', [("writer", n) for n in NAMES]),
        ("Written by Ana Okafor, Ben Quill and Cara Lind, Night Bus is built around a loop.", [("writer", n) for n in NAMES]),
        ("Written by Ana Okafor and produced by Ben Quill, it was released in 1999.", [("producer", "Ben Quill"), ("released", "1999"), ("writer", "Ana Okafor")]),
        ("The song was written solely by Ana Okafor.", [("writer", "Ana Okafor")]),
        ("It was written by the band's three members: Ana Okafor, Ben Quill and Cara Lind.", [("writer", n) for n in NAMES]),
        ("Gus Pratt directed the music video.", [("video_director", "Gus Pratt")]),
        ('Director Gus Pratt directed the video for "Night Bus".', [("video_director", "Gus Pratt")]),
        ("Producer Ana Okafor produced the recording.", [("producer", "Ana Okafor")]),
        ("In 1999, Ana Okafor wrote the song with Ben Quill.", [("writer", "Ana Okafor"), ("writer", "Ben Quill")]),
        ("Ana Okafor wrote the lyrics and Ben Quill composed the music.", [("composer", "Ben Quill"), ("lyricist", "Ana Okafor")]),
        ("It was released on 3 May 1999 by Blue Door Records.", [("label", "Blue Door Records"), ("released", "1999-05-03")]),
        ("It was released by Columbia and Blue Door Records in 1999.", [("label", "Blue Door Records"), ("label", "Columbia"), ("released", "1999")]),
        ("The song was released as the second single from the album in May 1999.", [("released", "1999-05")]),
        ('Released on 3 May 1999, "Night Bus" was a hit.', [("released", "1999-05-03")]),
        ("It did well, peaking at No. 2 on the UK Singles Chart.", [("charted", 2)]),
        ("The single peaked atop the Billboard Hot 100.", [("charted", 1)]),
        ("The Recording Industry Association of America (RIAA) later certified the song Gold.", [("certified", "Gold")]),
    ],
)
def test_the_sentences_that_were_missed_are_read(text: str, expected: list[tuple[str, object]]) -> None:
    assert sorted(facts(text), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    "text",
    [
        'It was written by Ana Okafor, "Weird Al" Yankovic and Ben Quill.',
        'Gus Pratt directed the video for "Other Song".',
        "Gus Pratt directed the film.",
        "He directed the video.",
        "Ana Okafor produced the album.",
        "Ana Okafor produced the song and the album.",
        "Ana Okafor produced the song's video.",
        'Ana Okafor wrote the song "Other Song" in 1999.',
        'Ana Okafor wrote the lyrics to "Other Song".',
        "Ana Okafor composed the music for the film.",
        "Ana Okafor wrote the song with help from the band.",
        'Critic Ana Okafor wrote "Night Bus" is great.',
        "Ana Okafor of The Mail wrote the song was great.",
        'Written by Ana Okafor and produced by Ben Quill, "Other Song" is a ballad.',
        "It was released in Germany on 3 May 1999.",
        "It was released on 3 May 1999 in the UK.",
        "In the US, it was released on 3 May 1999.",
        "It was re-released on 3 May 1999.",
        "It was released on vinyl on 3 May 1999.",
        "It was released by Ana Okafor on 3 May 1999.",
        "It was released through iTunes.",
        "The album topped the UK Albums Chart.",
        "The RIAA certified the album Gold.",
        'Released on 3 May 1999, "Other Song" was a hit.',
    ],
)
def test_what_tells_of_something_else_gives_nothing_in_the_active_voice_either(text: str) -> None:
    assert facts(text) == []


@pytest.mark.parametrize(
    ("lead", "song"),
    [
        ('"X" is a duet recorded by American singers Ana Okafor and Ben Quill.', True),
        ('"X" is a cover of the 1967 hit by the band Y.', True),
        ('"X" is a medley of two songs.', True),
        ('"X" is the theme to the film Y.', True),
        ('"X" is an anthem by Z.', True),
        ('"X" is an instrumental by the group Z.', True),
        ('"X" is an American show tune.', True),
        ("X is an instrumental rock band from Ohio.", False),
        ("X is a studio album by Y with the single Z.", False),
        ("X is a singer who wrote the song Y.", False),
        ("X is a cover band from Leeds.", False),
        ("X is a theme park.", False),
        ("X is a song contest.", False),
        ("X was a German composer of songs.", False),
    ],
)
def test_an_article_is_about_what_its_first_sentence_calls_it(lead: str, song: bool) -> None:
    assert (wikipedia.record(wikipedia.Article("X", (("Lead", lead),))) is not None) is song
