"""The closed list of predicates: what each may hold, the words that may say it, and the source terms that mean it.

Sources, briefs, composer and grounding all read this one list. A word that stands in no predicate's `words`, in no
cited fact and not in `NEUTRAL` may not stand on a card.
"""

from __future__ import annotations

from dataclasses import dataclass

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


def _credit(name: str, title: str, salience: int, words: str, *, card: str = "people", **more: str) -> Predicate:
    return _plain(name, title, salience, words, card=card, value="name", family="credit", **more)


def _plain(
    name: str,
    title: str,
    salience: int,
    words: str,
    *,
    card: str,
    value: str,
    family: str = "",
    unit: str = "",
    noun: str = "",
    **lists: str,
) -> Predicate:
    return Predicate(
        name=name,
        title=title,
        card=card,
        family=family or name,
        value=value,
        words=_w(words),
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
    _credit("writer", "Writer", 60,
             "wrote, written, write, writing, writer, writers, songwriter, songwriters, penned, songwriting, "
             "pen, pens, author, authors", mb="writer", wd="P676, P86", noun="writer"),
    _credit("composer", "Composer", 58,
             "composed, composer, composers, music, tune, wrote the music", mb="composer", wd="P86", noun="composer"),
    _credit("lyricist", "Lyricist", 58,
             "lyrics, words, lyric, wrote the lyrics, wrote the words, lyricist, lyricists",
             mb="lyricist", wd="P676", noun="lyricist"),
    _credit("producer", "Producer", 55,
             "produced, producer, producers, producing, production, productions, desk",
             mb="producer", wd="P162", noun="producer"),
    _credit("co_producer", "Co-producer", 50, "co-produced, co-producer, co-producers", mb="co-producer", noun="co-producer"),
    _credit("additional_producer", "Additional producer", 40,
             "additional production, added production", mb="producer (additional)"),
    _credit("executive_producer", "Executive producer", 30,
             "executive producer, executive-produced", mb="producer (executive)", wd="P1431"),
    _credit("vocal_producer", "Vocal producer", 42, "vocal production, produced the vocals, vocal producer", mb="vocal producer"),
    _credit("arranger", "Arranger", 45, "arranged, arranger, arrangement by", mb="arranger", wd="P1434"),
    _credit("engineer", "Recording engineer", 35,
             "engineered, engineer, engineers, recording engineer, recorded by", mb="recording, engineer", wd="P7016"),
    _credit("mixer", "Mixer", 38, "mixed, mixer, mixing, the mix", qualifiers="note", mb="mix", wd="P6718"),
    _credit("mastering_engineer", "Mastering engineer", 25, "mastered, mastering", mb="mastering"),
    _credit("programmer", "Programmer", 25, "programmed, programmer, programming", mb="programming"),
    _credit("conductor", "Conductor", 30, "conducted, conductor", mb="conductor", wd="P3300"),
    _credit("remixer", "Remixer", 35, "remixed, remixer, remix", mb="remixer", wd="P2679"),
    _credit("performer", "Performer", 20, "performed, performer, recorded by, sung by", mb="performer, main performer", wd="P175"),
    _credit("featured_artist", "Featured artist", 52,
             "features, featured, featuring, guest, guests, guest appearance", mb="guest performer", wd="P2438"),
    _credit("vocal", "Vocals", 48, "vocals, vocal, sang, sings, sung", qualifiers="part", mb="vocal, lead vocals, background vocals"),
    _credit("instrument", "Instrument", 46,
             "played, plays, on, playing", card="studio", qualifiers="instrument", mb="instrument", wd="P1303"),
    _credit("video_director", "Video director", 40,
             "directed, director, directors, behind the camera", card="screen", mb="video director", wd="P57", noun="director"),
    # the making; in an account "it" stands for the song
    _plain("account", "Account", 80, "", card="origin", value="act", qualifiers="agent, kind, short, hedge"),
    _plain("inspired_by", "Inspired by", 85,
             "inspired, inspiration, debt, owes, came, source",
             card="origin", value="phrase", qualifiers="what, degree, short", wd="P941"),
    _plain("recorded_at", "Recorded at", 62,
             "recorded, recording, studio, session, taped, cut",
             card="studio", value="phrase", qualifiers="date", mb="recorded at", wd="P483"),
    _plain("recorded_on", "Recorded on", 60, "recorded, recording, session, taped",
             card="studio", value="date", mb="recording date", wd="P10135"),
    _plain("written_for", "Written for", 72, "wrote, written, made", card="screen", value="term", qualifiers="medium, year", wd="P1877"),
    _plain("published", "Published", 45, "published, publication, print", card="origin", value="date", family="release", wd="P577"),
    # the record
    _plain("released", "Released", 45,
             "released, release, out, came out, appeared, issued, arrived",
             card="charts", value="date", family="release", qualifiers="region, as", mb="release date", wd="P577"),
    _plain("label", "Label", 30,
             "label, labels, released, issued, came out, out",
             card="charts", value="name", family="release", mb="label", wd="P264"),
    _plain("track_on", "Track on", 28,
             "album, track, appears, opens, closes, included, from, on, song",
             card="afterlife", value="term", qualifiers="position, year", mb="part of", wd="P361"),
    _plain("single_from", "Single from", 32,
             "single, album, from, released, taken",
             card="charts", value="term", family="release", qualifiers="ordinal, year", wd="P361"),
    _plain("b_side_of", "B-side of", 55,
             "b-side, other side, flip side", card="charts", value="term", qualifiers="region, date", wd="P1433"),
    # the sound
    _plain("genre", "Genre", 30,
             "genre, style", card="sound", value="phrase", family="sound", mb="genre", wd="P136"),
    _plain("key", "Key", 26, "key, set", card="sound", value="term", family="sound", mb="key", wd="P826"),
    _plain("tempo", "Tempo", 26,
             "tempo, beats per minute, beats a minute, bpm, moves, pace",
             card="sound", value="number", family="sound", wd="P1725", unit="bpm"),
    _plain("duration", "Length", 24,
             "runs, lasts, length, long, minutes, seconds, running time",
             card="sound", value="seconds", family="sound", mb="length", wd="P2047", unit="s"),
    _plain("intro_length", "Introduction", 34,
             "intro, introduction, opens, opening, begins, lasts, long", card="sound", value="seconds", family="intro", unit="s"),
    _plain("time_signature", "Time signature", 15, "time, meter", card="sound", value="term", family="sound"),
    _plain("instrumentation", "Instrumentation", 40,
             "instruments, instrument, arrangement, backing, heard, carried, plays, sound, on it, it has",
             card="sound", value="phrase", wd="P870"),
    _plain("structure", "Structure", 15, "form, structure", card="sound", value="phrase", family="sound"),
    _plain("about", "Theme", 50,
             "about, theme, themes, lyrics, lyric, subject, words, tells of, deal with, deals with",
             card="words", value="phrase", wd="P921"),
    # relations
    _plain("samples", "Samples", 75,
             "samples, sampled, sample, borrowed, borrows",
             card="sound", value="term", qualifiers="artist, year", mb="samples material", wd="P5707"),
    _plain("sampled_by", "Sampled by", 45, "sampled, sample, samples", card="afterlife", value="term", qualifiers="artist, year"),
    _plain("interpolates", "Interpolates", 60, "interpolates, interpolation", card="sound", value="term", qualifiers="artist, year"),
    _plain("covers", "Covers", 65,
             "cover, covers, original, version", card="origin", value="name", qualifiers="year", mb="cover", wd="P8546"),
    _plain("covered_by", "Covered by", 34,
             "covered, cover, covers, version, versions, recorded, recording",
             card="afterlife", value="name", qualifiers="year, date, on"),
    _plain("remixed_by", "Remixed by", 30, "remixed, remix", card="afterlife", value="name", qualifiers="year"),
    # fortunes
    _plain("charted", "Chart position", 48,
             "reached, reach, peaked, peak, peaking, went, charted, topped, top, number, chart, charts, week, weeks, "
             "spent, stayed, held, hit, got, made, stood, position, stay",
             card="charts", value="ordinal", qualifiers="chart, region, date, year, weeks, weeks_total", wd="P2352"),
    _plain("certified", "Certification", 36,
             "certified, certification, disc, record",
             card="charts", value="term", qualifiers="region, by, date, units", wd="P1411"),
    _plain("sold", "Sales", 42,
             "sold, sales, came, copies, units, selling",
             card="charts", value="number", qualifiers="modifier, region, unit, date", wd="P2664", unit="copies"),
    _plain("award", "Award", 58,
             "won, win, winner, award, awards, nominated, nomination, took, earned",
             card="afterlife", value="term", qualifiers="event, year, result, what", wd="P166, P1411"),
    _plain("ranked", "Ranking", 38,
             "ranked, ranks, ranking, placed, list, number, put",
             card="afterlife", value="ordinal", qualifiers="list, by, year, what"),
    _plain("honour", "Honour", 56,
             "named, voted, declared, called, chosen, poll",
             card="afterlife", value="phrase", qualifiers="by, year, date, verb, what, short", wd="P166"),
    _plain("described_as", "Described as", 44,
             "called, described, said, words, wrote, for, put, calls, describes",
             card="afterlife", value="quotation", qualifiers="by, publication, of, year, how"),
    # elsewhere
    _plain("featured_in", "Featured in", 47,
             "featured, features, features in, heard, used, appears, appeared, plays, soundtrack",
             card="afterlife", value="term", qualifiers="medium, year", wd="P1441"),
    _plain("performed_at", "Performed at", 37,
             "performed, performance, sang, played, stage, live, took",
             card="afterlife", value="phrase", qualifiers="by, date", wd="P793"),
    _plain("video_location", "Video location", 41,
             "filmed, shot, made, location, video", card="screen", value="phrase", qualifiers="date, prep", wd="P915"),
    # disclosure: an absent row means unknown, never "none" (DDEX ERN 4.3.2)
    _plain("contains_ai", "Contains AI", 20, "ai, artificial intelligence", card="people", value="term"),
)
# fmt: on

PREDICATES: dict[str, Predicate] = {p.name: p for p in _LIST}


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
