"""Identifiers as people write them are kept in one form; what is none of its scheme is named."""

import pytest

from songstory import identifiers

MBID = "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae"
SPOTIFY = "6rqhFgbbKwnb9MLmUQDhG6"
READ = [
    ("isrc", "ISRC: gb-aye-82-00014", ("GBAYE8200014",)), ("isrc", "GB AYE 82 00014", ("GBAYE8200014",)), ("isrc", "isrc GBAYE8200014", ("GBAYE8200014",)),
    ("isrc", "GBAYE8200014; USRC17607839", ("GBAYE8200014", "USRC17607839")), ("isrc", "GBAYE8200014 USRC17607839", ("GBAYE8200014", "USRC17607839")),
    ("isrc", "GB-AYE-82-00014 / US-RC1-76-07839", ("GBAYE8200014", "USRC17607839")), ("isrc", "GBAYE8200014, gbaye8200014", ("GBAYE8200014",)),
    ("musicbrainz", MBID.upper(), (MBID,)), ("musicbrainz", f"https://musicbrainz.org/recording/{MBID}", (MBID,)),
    ("musicbrainz", f"http://beta.musicbrainz.org/recording/{MBID}?x=1", (MBID,)), ("musicbrainz", f"MBID: {MBID}", (MBID,)),
    ("musicbrainz", f"{{{MBID}}}", (MBID,)), ("musicbrainz-work", "/".join(("musicbrainz.org", "work", MBID)), (MBID,)),
    ("iswc", "T-034.524.680-1", ("T0345246801",)), ("iswc", "ISWC T-034.524.680-1", ("T0345246801",)),
    ("wikidata", "https://www.wikidata.org/wiki/Q1299", ("Q1299",)), ("wikidata", "http://www.wikidata.org/entity/Q1299", ("Q1299",)), ("wikidata", "q1299", ("Q1299",)),
    ("discogs-release", "https://www.discogs.com/release/249504-Night-Bus", ("249504",)), ("discogs", "discogs.com/de/artist/72872", ("72872",)),
    ("spotify", f"spotify:track:{SPOTIFY}", (SPOTIFY,)), ("spotify", f"https://open.spotify.com/track/{SPOTIFY}?si=x", (SPOTIFY,)),
    ("isrc", "GB–AYE–82–00014", ("GBAYE8200014",)), ("isrc", "GB.AYE.82.00014", ("GBAYE8200014",)), ("isrc", "urn:isrc:GBAYE8200014", ("GBAYE8200014",)),
    ("iswc", "T–034.524.680–1", ("T0345246801",)), ("discogs-release", "[r249504]", ("249504",)), ("discogs-master", "m96559", ("96559",)),
    ("discogs-release", "discogs.com/Night-Bus-Low/release/249504", ("249504",)), ("spotify", f"https://open.spotify.com/embed/track/{SPOTIFY}", (SPOTIFY,)),
    ("spotify", f"https://open.spotify.com/intl-de/track/{SPOTIFY}", (SPOTIFY,)), ("spotify", SPOTIFY, (SPOTIFY,)),
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "cell", "expected"), READ)
def test_people_write_them_in_many_ways(scheme: str, cell: str, expected: tuple[str, ...]) -> None:
    assert identifiers.read(scheme, cell) == expected


NONE = [
    ("isrc", "1.2345E+11"), ("isrc", "GBAYE8200014; none"), ("isrc", "ISRC:"), ("isrc", ""), ("musicbrainz", "not an mbid"), ("musicbrainz", "12345"),
    ("musicbrainz", f"https://musicbrainz.org/artist/{MBID}"), ("musicbrainz", f"https://example.org/recording/{MBID}"), ("musicbrainz", f"{MBID} {MBID}"),
    ("wikidata", "https://www.wikidata.org/wiki/Property:P31"), ("spotify", f"spotify:artist:{SPOTIFY}"), ("spotify", "x"), ("discogs-release", "discogs.com/artist/1"),
    ("iswc", "T-034.524.680-2"), ("isrc", "x" * 3_000), ("isrc", "QZ0000000000"),
    ("musicbrainz", "00000000-0000-0000-0000-000000000000"), ("discogs-release", "m96559"), ("discogs-artist", "r1"),
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "cell"), NONE)
def test_what_is_none_of_its_scheme_is_refused(scheme: str, cell: str) -> None:
    with pytest.raises(ValueError, match=r"expected an? .*found"):
        identifiers.read(scheme, cell)
