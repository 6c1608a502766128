"""What the header of a table suggests: which column says what, and why the others are not read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from songstory.names import words
from songstory.sources.credit_words import ROLES
from songstory.sources.shares import is_share
from songstory.vocabulary import PREDICATES, by_term, is_credit

SERVICES = ("spotify", "apple", "deezer")  # each the scheme of its own identifiers
FIELDS = ("title", "artist", "isrc", "mbid", "wikidata", *SERVICES, "length", "released", "version", "album_artist", "id")
CONFIDENTIAL = "shares of rights are confidential and never read"
UNKNOWN = "its name says nothing known; name it with --map COLUMN=TARGET"
FLAGS = "it only says yes or no"
YEAR = "it does not say the year of what; if the song came out in it: --map '{}=released'"
TWICE = "another column says the same"
UNMAPPED = "no --map names it; to read it: --map '{}={}'"
_NAMED = {
    "title": """title|song|song title|song name|track|track title|track name|name|recording title|recording|titel|songtitel|liedtitel|lied|
        stuck|titre|titre de la chanson|chanson|morceau|titulo|cancion|titulo de la cancion|tema|titolo|brano|canzone|titolo del brano|
        faixa|titulo da musica|nummer titel|tracktitel|titel des songs""",
    "artist": """artist|artist name|artist s|artists|performer|act|artist credit|main artist|main artist s|display artist|track artist|band|
        recording artist|recording artists|lead artist|credited artist|original artist|
        performing artist|primary artist|kunstler|kunstlerin|kunstler in|interpret|interpretin|interpreten|interpret in|hauptkunstler|
        artiste|artistes|interprete|interpretes|artista|artistas|artisti|artiest|artiesten|uitvoerder|artist display name""",
    "isrc": "isrc|isrc code|code isrc|codigo isrc|codice isrc|isrc s|isrcs|isrc codes|isrc number",
    "mbid": "mbid|recording mbid|musicbrainz id|musicbrainz recording id|musicbrainz recordingid|musicbrainz trackid|musicbrainz recording",
    "spotify": "spotify id|spotify track id|spotify uri|spotify url|spotify track uri|spotify link|track uri|spotify",
    "wikidata": "wikidata|wikidata id|qid|wikidata item|wikidata url",
    "length": """length|duration|time|track length|track time|track duration|song length|running time|runtime|lange|laenge|dauer|spieldauer|
        spielzeit|laufzeit|zeit|tracklange|duree|temps|duracion|tiempo|duracao|tempo de duracao|durata|duur|lengte|speelduur""",
    "released": """release date|released|released on|date released|date of release|street date|release|first released|first release date|
        original release date|originally released|release year|year released|year of release|digital release date|veroffentlicht|
        veroffentlicht am|veroffentlichung|veroffentlichungsdatum|vo|vo datum|erschienen|erschienen am|erscheinungsdatum|erscheinungsjahr|
        veroffentlichungsjahr|jahr der veroffentlichung|date de sortie|sortie|parution|date de parution|annee de sortie|
        fecha de lanzamiento|
        lanzamiento|ano de lanzamiento|fecha de publicacion|data di uscita|uscita|data di pubblicazione|anno di uscita|data de lancamento|
        lancamento|ano de lancamento|releasedatum|uitgebracht|releasejahr|release datum""",
    "version": """version|mix|mix name|mix version|remix|version title|track version|version name|recording version|fassung|versione|versao|
        versie|title version|mixname""",
    "album_artist": "album artist|albumartist|release artist|album artist s|albumkunstler|artiste de l album|artista del album",
    "track_on": "album|album title|album name|release title|albumtitel|titre de l album|titulo del album|titulo do album|disco",
    "writer": "songwriters|songwriter|writers|written by|authors|author|author s|songwriter names",
    "tempo": "bpm|beats per minute",
    "key": "simplified key|tonart|tonalite|tonalidad|tonalita|tonalidade|toonsoort",
    "time_signature": "time signature|taktart",
    "intro_length": "intro length|intro",
    "recorded_at": "studio|recording studio|aufnahmestudio|aufnahmeort|recorded at|studio d enregistrement|estudio|estudio de grabacion",
    "recorded_on": """recording date|recorded|recorded on|date recorded|aufnahmedatum|aufgenommen|aufgenommen am|date d enregistrement|
        fecha de grabacion|data di registrazione|data de gravacao|opnamedatum""",
    "genre": "genre|genres|genero|genere|musikrichtung",
}  # fmt: skip
HEADERS = {" ".join(t.split()): name for name, terms in _NAMED.items() for t in terms.split("|")}
_YEARS = frozenset("year jahr annee ano anno jaar".split())
_BESIDE = frozenset({"label", "isrc", "track_on"})  # beside one of these "Year" is that of the release
_UNITS = frozenset("ms msec milliseconds millisekunden s sec secs seconds sekunden min mins minutes minuten in mm ss hh h m".split())
_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,40}[)\]]")
_SHARES = re.compile(r"%|[(\[][^()\[\]]{0,20}[)\]]")
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_YES_NO = frozenset({"0", "1", "0.0", "1.0", "yes", "no", "y", "n", "true", "false"})


def guess(columns: Sequence[str], shown: Sequence[Mapping[str, Any]] = ()) -> dict[str, str]:
    """Return what the column names and the first rows suggest, by column; `unread` says why the others suggest nothing."""
    found: dict[str, str] = {}
    for column in columns:
        name = "" if _says_yes_or_no(column, shown) or confidential(column, shown) else _named(column)
        if name and (name not in found.values() or is_credit(name)):
            found[column] = name
    found |= _annotated(columns, found, shown)
    year = [c for c in columns if _is_year(c)]
    if len(year) == 1 and "released" not in found.values() and _BESIDE & set(found.values()):
        found[year[0]] = "released"
    return {c: found[c] for c in columns if c in found}


def _annotated(columns: Sequence[str], found: Mapping[str, str], shown: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the fields of columns whose names say more in brackets: "Length (ISO 8601)", "Release date (US)".

    Of two that differ in the brackets alone nobody can say which is meant, and what a credit has there is another role.
    """
    open_ones = (c for c in columns if c not in found and "[]" not in c and _BRACKETS.search(c) and not is_share(c))
    bare = {c: _named(_BRACKETS.sub(" ", c)) for c in open_ones}
    said = list(bare.values())
    return {
        c: name
        for c, name in bare.items()
        if name in FIELDS and name not in found.values() and said.count(name) == 1 and not _says_yes_or_no(c, shown)
    }


def unread(columns: Sequence[str], chosen: Mapping[str, object], shown: Sequence[Mapping[str, Any]] = ()) -> dict[str, str]:
    """Return why each column that was not chosen is not read; `chosen` holds by column what is read as."""
    taken = {str(getattr(target, "name", target)) for target in chosen.values()}
    return {c: _why(c, shown, taken) for c in columns if c not in chosen}


def _why(column: str, shown: Sequence[Mapping[str, Any]], taken: Collection[str]) -> str:
    if is_share(column):
        return CONFIDENTIAL
    if _is_year(column):
        return YEAR.format(column)
    if _says_yes_or_no(column, shown):
        return FLAGS
    name = _named(column)
    return UNKNOWN if not name else TWICE if name in taken else UNMAPPED.format(column, name)


def confidential(column: str, shown: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a column holds shares alone; one of names may hold theirs beside them."""
    return is_share(column) and not any(c.isalpha() for row in shown for c in str(row.get(column) or ""))


def _says_yes_or_no(column: str, shown: Sequence[Mapping[str, Any]]) -> bool:
    return bool(shown) and all(str(row.get(column, "")).casefold() in _YES_NO for row in shown)


def _key(column: str) -> tuple[str, ...]:
    return words(_CAPITALS.sub(" ", column).replace("_", " ").replace(".", " "))


def _is_year(column: str) -> bool:
    return len(_key(column)) == 1 and _key(column)[0] in _YEARS


def _named(column: str) -> str:
    """Return what the name of a column suggests: by the whole of it, without what stands in brackets, without a number at its end."""
    whole = _key(column)
    bare = _key(_SHARES.sub(" ", column)) if is_share(column) or _units(column) else whole
    tries = [whole, bare, tuple(w for w in bare if w not in _UNITS), tuple(w for w in bare if not is_share(w))]
    found = next((name for parts in tries if (name := _meant(" ".join(parts)))), "")
    if not found and len(whole) > 1 and whole[-1].isdecimal():  # "Writer 1", "Writer 2"
        found = name if is_credit(name := _meant(" ".join(whole[:-1]))) else ""
    return found


def _meant(key: str) -> str:
    name = HEADERS.get(key) or ROLES.get(key) or (known.name if (known := by_term(key)) else "")
    return "" if name in PREDICATES and PREDICATES[name].value in {"act", "ordinal", "quotation"} else name


def _units(column: str) -> bool:
    return not _UNITS.isdisjoint(_key(column))
