"""The closed list of predicates: what each may hold, the words that may say it, and the source terms that mean it.

Sources, briefs, composer and grounding all read this one list. A word that stands in no predicate's `words`, in no
cited fact and not in `NEUTRAL` may not stand on a card.
"""

from __future__ import annotations

from dataclasses import dataclass

from songstory.wording import WORDING

# Card kinds in the order in which a story tells them.
CARD_KINDS = {
    "origin": "Origin",
    "studio": "In the studio",
    "people": "The people",
    "words": "The words",
    "sound": "The sound",
    "screen": "On screen",
    "charts": "On the charts",
    "afterlife": "Afterlife",
}

# what makes a story risky, the gravest last; a story's risk is the number of its gravest
RISKS = ("", "a source of low trust", "a disputed fact", "a sensitive matter", "what today's rules refuse")
FLAGS = ("disputed", "sensitive", "quarantined", "private")
ENTITY_KINDS = ("person", "group", "artist", "recording", "work", "release", "label", "place", "event")


@dataclass(frozen=True)
class Predicate:
    """One thing that may be said of a recording.

    `value` is name, date, number, ordinal, seconds, phrase, act, quotation or term; `family` groups predicates that one
    sentence may join; `words` are the lower-case forms that say it, a two-word form joined by a space.
    """

    name: str
    title: str
    card: str
    family: str
    value: str
    words: tuple[str, ...]
    salience: int
    qualifiers: tuple[str, ...] = ()
    musicbrainz: tuple[str, ...] = ()
    wikidata: tuple[str, ...] = ()
    unit: str = ""
    noun: str = ""


def _w(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _credit(name: str, title: str, salience: int, *, card: str = "people", **more: str) -> Predicate:
    return _plain(name, title, salience, card=card, value="name", family="credit", **more)


def _plain(
    name: str, title: str, salience: int, *, card: str, value: str, family: str = "", unit: str = "", noun: str = "", **lists: str
) -> Predicate:
    return Predicate(
        name=name,
        title=title,
        card=card,
        family=family or name,
        value=value,
        words=WORDING.get(name, ()),
        salience=salience,
        qualifiers=_w(lists.get("qualifiers", "")),
        musicbrainz=_w(lists.get("mb", "")),
        wikidata=_w(lists.get("wd", "")),
        unit=unit,
        noun=noun,
    )


# fmt: off
_LIST: tuple[Predicate, ...] = (
    # credits
    _credit("writer", "Writer", 60, mb="writer", wd="P676, P86", noun="writer"),
    _credit("composer", "Composer", 58, mb="composer", wd="P86", noun="composer"),
    _credit("lyricist", "Lyricist", 58, mb="lyricist", wd="P676", noun="lyricist"),
    _credit("producer", "Producer", 55, mb="producer", wd="P162", noun="producer"),
    _credit("co_producer", "Co-producer", 50, mb="co-producer", noun="co-producer"),
    _credit("additional_producer", "Additional producer", 40, mb="producer (additional)"),
    _credit("executive_producer", "Executive producer", 30, mb="producer (executive)", wd="P1431"),
    _credit("vocal_producer", "Vocal producer", 42, mb="vocal producer"),
    _credit("arranger", "Arranger", 45, mb="arranger", wd="P1434"),
    _credit("engineer", "Recording engineer", 35, mb="recording, engineer", wd="P7016"),
    _credit("mixer", "Mixer", 38, qualifiers="note", mb="mix", wd="P6718"),
    _credit("mastering_engineer", "Mastering engineer", 25, mb="mastering"),
    _credit("programmer", "Programmer", 25, mb="programming"),
    _credit("conductor", "Conductor", 30, mb="conductor", wd="P3300"),
    _credit("remixer", "Remixer", 35, mb="remixer", wd="P2679"),
    _credit("performer", "Performer", 20, mb="performer, main performer", wd="P175"),
    _credit("featured_artist", "Featured artist", 52, mb="guest performer", wd="P2438"),
    _credit("vocal", "Vocals", 48, qualifiers="part", mb="vocal, lead vocals, background vocals"),
    _credit("instrument", "Instrument", 46, card="studio", qualifiers="instrument", mb="instrument", wd="P1303"),
    _credit("video_director", "Video director", 40, card="screen", mb="video director", wd="P57", noun="director"),
    # the making; in an account "it" stands for the song
    _plain("account", "Account", 80, card="origin", value="act", qualifiers="agent, kind, short, hedge"),
    _plain("inspired_by", "Inspired by", 85, card="origin", value="phrase", qualifiers="what, degree, short", wd="P941"),
    _plain("recorded_at", "Recorded at", 62, card="studio", value="phrase", qualifiers="date", mb="recorded at", wd="P483"),
    _plain("recorded_on", "Recorded on", 60, card="studio", value="date", mb="recording date", wd="P10135"),
    _plain("written_for", "Written for", 72, card="screen", value="term", qualifiers="medium, year", wd="P1877"),
    _plain("published", "Published", 45, card="origin", value="date", family="release", wd="P577"),
    # the record
    _plain("released", "Released", 45, card="charts", value="date", family="release", qualifiers="region, as", mb="release date",
           wd="P577"),
    _plain("label", "Label", 30, card="charts", value="name", family="release", mb="label", wd="P264"),
    _plain("track_on", "Track on", 28, card="afterlife", value="term", qualifiers="position, year", mb="part of", wd="P361"),
    _plain("single_from", "Single from", 32, card="charts", value="term", family="release", qualifiers="ordinal, year", wd="P361"),
    _plain("b_side_of", "B-side of", 55, card="charts", value="term", qualifiers="region, date", wd="P1433"),
    # the sound
    _plain("genre", "Genre", 30, card="sound", value="phrase", family="sound", mb="genre", wd="P136"),
    _plain("key", "Key", 26, card="sound", value="term", family="sound", mb="key", wd="P826"),
    _plain("tempo", "Tempo", 26, card="sound", value="number", family="sound", wd="P1725", unit="bpm"),
    _plain("duration", "Length", 24, card="sound", value="seconds", family="sound", mb="length", wd="P2047", unit="s"),
    _plain("intro_length", "Introduction", 34, card="sound", value="seconds", family="intro", unit="s"),
    _plain("time_signature", "Time signature", 15, card="sound", value="term", family="sound"),
    _plain("instrumentation", "Instrumentation", 40, card="sound", value="phrase", wd="P870"),
    _plain("structure", "Structure", 15, card="sound", value="phrase", family="sound"),
    _plain("about", "Theme", 50, card="words", value="phrase", wd="P921"),
    # relations
    _plain("samples", "Samples", 75, card="sound", value="term", qualifiers="artist, year", mb="samples material", wd="P5707"),
    _plain("sampled_by", "Sampled by", 45, card="afterlife", value="term", qualifiers="artist, year"),
    _plain("interpolates", "Interpolates", 60, card="sound", value="term", qualifiers="artist, year"),
    _plain("covers", "Covers", 65, card="origin", value="name", qualifiers="year", mb="cover", wd="P8546"),
    _plain("covered_by", "Covered by", 34, card="afterlife", value="name", qualifiers="year, date, on"),
    _plain("remixed_by", "Remixed by", 30, card="afterlife", value="name", qualifiers="year"),
    # fortunes
    _plain("charted", "Chart position", 48, card="charts", value="ordinal", wd="P2352",
           qualifiers="chart, region, date, year, weeks, weeks_total"),
    _plain("certified", "Certification", 36, card="charts", value="term", qualifiers="region, by, date, units", wd="P1411"),
    _plain("sold", "Sales", 42, card="charts", value="number", qualifiers="modifier, region, unit, date", wd="P2664", unit="copies"),
    _plain("award", "Award", 58, card="afterlife", value="term", qualifiers="event, year, result, what", wd="P166, P1411"),
    _plain("ranked", "Ranking", 38, card="afterlife", value="ordinal", qualifiers="list, by, year, what"),
    _plain("honour", "Honour", 56, card="afterlife", value="phrase", qualifiers="by, year, date, verb, what, short", wd="P166"),
    _plain("described_as", "Described as", 44, card="afterlife", value="quotation", qualifiers="by, publication, of, year, how"),
    # elsewhere
    _plain("featured_in", "Featured in", 47, card="afterlife", value="term", qualifiers="medium, year", wd="P1441"),
    _plain("performed_at", "Performed at", 37, card="afterlife", value="phrase", qualifiers="by, date, prep", wd="P793"),
    _plain("video_location", "Video location", 41, card="screen", value="phrase", qualifiers="date, prep", wd="P915"),
    _plain("named_after", "Named after", 45, card="words", value="phrase", qualifiers="what", wd="P138"),
    _plain("signed_to", "Signed to", 22, card="people", value="name", qualifiers="agent, date, year"),
    _plain("born", "Born", 20, card="people", value="date", qualifiers="agent", wd="P569"),
    # disclosure: an absent row means unknown, never "none" (DDEX ERN 4.3.2)
    _plain("contains_ai", "Contains AI", 20, card="people", value="term"),
)
# fmt: on

PREDICATES: dict[str, Predicate] = {p.name: p for p in _LIST}

# What sources state that is kept, shown and exported, and never told: a brief takes only what is in PREDICATES.
KEPT = {"phonographic_copyright": "Phonographic copyright", "copyright": "Copyright", "link": "Link"}
KEPT_QUALIFIERS = frozenset({"year", "of", "type"})

# What each qualifier holds, of whatever predicate: a date (whole or partial), a year, a count of things, a place in a row
# ("second", "track 5", 5), or words.
QUALIFIERS = {
    "date": "date", "begin": "date", "end": "date", "year": "year", "weeks": "count", "weeks_total": "count", "units": "count",
    "ordinal": "place", "position": "place", "earliest": "date", "latest": "date",
    **dict.fromkeys(
        """agent ai artist as by chart degree event hedge how instrument kind list medium modifier note of on part prep publication
        region result short type unit verb what""".split(),
        "words",
    ),
}  # fmt: skip
BOUNDS = ("earliest", "latest")  # the first and the last day that a date may mean which is no flat one
# What any fact may be qualified by, besides what its predicate lists: when, where, how surely, in which place, and by what hand.
ANYWHERE = frozenset("ai begin date degree end hedge kind note position region short year".split()) | set(BOUNDS)
# The least and the most that a number may be: tempo in beats a minute, lengths in seconds (the longest song ever released lasts
# two days), copies sold, and the positions of charts and lists. `whole` where half of one is nothing.
# A day is the longest of a recording: "The Rise and Fall of Bossanova", the longest song of commerce, has 13 h 23 min 32 s, and what
# is made only to hold the record (138 h) is told by nobody; above it nearly all are milliseconds put for seconds.
# Fifty years are the most weeks: the longest known stay on all charts of one publisher together is some 1,600 (The Dark Side of the Moon).
RANGES: dict[str, tuple[float, float, bool]] = {
    "tempo": (10, 999, False),
    "duration": (1, 86_400, False),
    "intro_length": (1, 3_600, False),
    "sold": (1, 100_000_000_000, True),
    "charted": (1, 1_000, True),
    "ranked": (1, 10_000, True),
}
COUNTS = {"weeks": (0, 2_600), "weeks_total": (1, 2_600), "units": (1, 100_000_000_000)}
# The first year of which a date can speak: of records since sound is kept, of charts and films since there are any, of the rest 1000.
FIRST_YEARS = {
    **dict.fromkeys("recorded_on recorded_at released label track_on single_from b_side_of sold ranked samples sampled_by".split(), 1857),
    **dict.fromkeys("charted certified award featured_in video_location video_director".split(), 1890),
}
# What may lie ahead, and is announced.
ANNOUNCED = frozenset("released published track_on single_from featured_in performed_at written_for covered_by remixed_by".split())


def is_credit(predicate: str) -> bool:
    """Return whether a predicate only names who had a part in the record; an unknown one does not."""
    known = PREDICATES.get(predicate)
    return known is not None and known.family == "credit"


def by_term(term: str) -> Predicate | None:
    """Return the predicate a source's own word for it means, such as "producers" or "Written-By", else None."""
    wanted = term.casefold().replace("-", " ").replace("_", " ").strip()
    return _TERMS.get(wanted) or _TERMS.get(wanted.removesuffix("s"))


_TERMS: dict[str, Predicate] = {}
for _p in _LIST:
    for _term in (_p.name, _p.title, _p.noun, *_p.musicbrainz, *_p.wikidata):
        if _term:
            _TERMS.setdefault(_term.casefold().replace("-", " ").replace("_", " "), _p)
for _term, _name in {
    "songwriter": "writer",
    "written by": "writer",
    "lyric": "lyricist",
    "lyrics": "lyricist",
    "words": "lyricist",
    "music": "composer",
    "studio": "recorded_at",
    "recorded": "recorded_on",
    "release": "released",
    "length": "duration",
    "bpm": "tempo",
    "director": "video_director",
    "artist": "performer",
    "mixing": "mixer",
    "theme": "about",
}.items():
    _TERMS.setdefault(_term, PREDICATES[_name])
