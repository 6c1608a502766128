"""The words by which each predicate may be said: the closed list that grounding reads a sentence with.

A line is a predicate and its forms in lower case; "~produce" stands for produce, produces, produced and producing, a
form of several words is joined by spaces, hyphens and apostrophes count as spaces. `GUARDS` holds forms that say more
than their predicate alone: they may be used only of facts for which the test holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

_DOUBLING = {"pen", "top", "tap", "stop", "program", "spot"}
_TABLE = """
writer: wrote, written, ~write, writer, writers, songwriter, songwriters, songwriting, songwriting duties, songwriting
  credit, songwriting credits, writing credit, writing credits, ~pen, pen, author, authors, ~author, authorship, came
  up with, song by, composition by, co wrote, co written, co write, co writes, co writing, co writer, co writers, co
  author, co authored, co authors, co penned, songsmith, lyrics and music, words and music, music and lyrics, came
  from the pen of, pen of, hand of, song of
composer: ~compose, composer, composers, music, tune, melody, wrote the music, wrote the tune, wrote the melody,
  composition, score, musical part
lyricist: lyrics, words, lyric, text, wrote the lyrics, wrote the words, wrote the lyric, lyricist, lyricists, author,
  authors
producer: ~produce, producer, producers, production, productions, production work, production duties, production
  credit, production credits, desk, producer s chair, at the controls, at the helm, behind the desk, behind the
  boards, behind the board, behind the console, behind the glass, down to, production role, producing role, sound
  production
co_producer: co produced, co producer, co producers, co producing, co production, co produces, produced with
additional_producer: additional production, added production, additional producer, additional producers, extra
  production
executive_producer: executive producer, executive producers, executive produced, executive production
vocal_producer: vocal production, produced the vocals, vocal producer
arranger: ~arrange, arranger, arrangers, arrangement, arrangements, string arrangement, string arrangements, wrote the
  arrangement, came up with the arrangement
engineer: ~engineer, engineers, recording engineer, sound engineer, engineering, engineering duties
mixer: ~mix, mixer, mixers, mixing, mixing engineer, mixing duties, mixdown
mastering_engineer: ~master, mastering, mastering engineer, mastering duties
programmer: ~program, programmed, programming, programmer, programmers
conductor: ~conduct, conductor, orchestra, baton
remixer: ~remix, remixer, remixers
performer: ~perform, performer, performers, sung by, sings, sang
featured_artist: ~feature, featured artist, featured guest, featured act, featured performer, featured vocalist,
  guest, guests, guested, guesting, guest appearance, guest artist, guest spot, guest turn, guest vocals, guest
  vocalist, special guest, ft, feat, cameo, ~join, guest verse, guest feature, courtesy, special appearance, duet
  partner, assist, ~perform
vocal: vocals, vocal, sang, sings, sung, singing, sing, vocalist, vocalists, singer, singers, voice, harmonies,
  harmony, backing singer, lead singer, backing vocalist, lead vocalist, vocal part, vocal parts, ~perform
instrument: ~play, on, player, ~perform, part, parts, picked up, laid down, ~record, ~strum, ~handle, players
video_director: ~direct, direction, director, directors, video director, behind the camera, shot, ~shoot, ~helm,
  cameras, ~film, took charge of the video, in charge of the video, under the direction, clip, video
inspired_by: ~inspire, inspiration, debt, owes, came, source, idea, gave the idea, starting point, goes back to, went
  back to, sprang from, springs from, grew out of, grows out of, roots, sparked, spark, ~prompt, drew on, draws on,
  drawn from, based on, began with, prompted by, led to the song, gave rise to, origin, origins, story behind, story,
  background, influence, influenced, ~influence, model, muse, seed, trigger, ~trigger, root, draws, drew, draw
recorded_at: ~record, recording, recordings, recording session, recording sessions, studio, session, sessions, ~tape,
  taped, tape, tapes, cut, laid down, put to tape, put down, put on tape, committed to tape, tapes were rolling,
  tracked, ~capture, location, made, were held, was held, recording place, place of recording, site, ~make, done,
  ~finish, recorded live
recorded_on: ~record, recording, recordings, recording date, recording session, session, sessions, ~tape, taped, tape,
  tapes, cut, put to tape, put down, put on tape, laid down, committed to tape, tapes were rolling, tracked, ~capture,
  were held, was held, date, recording day, done, ~finish
written_for: wrote, written, made, ~compose, ~write, ~pen, ~create, soundtrack, theme song
published: ~publish, publication, print
released: ~release, releases, release date, date of release, out, out since, came out, comes out, ~appear, ~issue,
  ~arrive, put out, put it out, brought out, brought it out, single, on sale, went on sale, hit the shops, hit shops,
  hit stores, hit shelves, hit the shelves, in the shops, in stores, in shops, dropped, ~launch, ~surface, available,
  made available, followed on, reached shops, reached stores, through, saw the light of day, date, day of release,
  ~emerge, out on, reached the public, ~debut, commercial release, street date, hit record shops, release year, year
  of release, via
label: label, labels, ~release, releases, ~issue, came out, comes out, out, put out, put it out, brought out, brought
  it out, record label, imprint, dropped, ~launch, ~sign, published by, home, through, on the label, under the label,
  put on sale, ~debut, via, label behind
track_on: album, albums, lp, track, from, on, off, ~appear, ~include, cut, cut from, came out, ~release, taken from,
  comes from, found on, featured on, part of, one of the songs, track listing, tracklist, ~feature, belongs to, home
single_from: single, album, lp, from, off, ~release, taken, taken from, lifted from, drawn from, cut from, picked
  from, released from, release from, follow up
b_side_of: b side, other side, flip side, flipside, flip, reverse, backed, ~back, coupled with, paired with
genre: genre, style, ~classify, ~categorise, ~categorize, falls under, filed under, kind of, ~belong, category,
  ~label, tag, tagged, classed, sound
key: key, set, written, ~compose, played, plays, sits, pitched, tonality, performed, recorded, ~perform, tonal centre,
  ~record, ~sing
tempo: tempo, beats per minute, beats a minute, bpm, ~move, moves along, pace, run, runs, ran, running, speed, goes,
  ticks, clocks, plays, set, beat, rate, ~play, ~proceed
duration: run, runs, ran, running, lasts, lasted, lasting, length, long, minutes, seconds, running time, run time,
  playing time, duration, runtime, clocks in, clocks, comes in at, goes on for, plays, timed, track length, song
  length, ~measure, ~time, ~total, total length
intro_length: intro, introduction, ~open, opening, begin, begins, began, beginning, lasts, lasted, lasting, long
time_signature: time, meter, metre, time signature
instrumentation: instruments, instrument, arrangement, backing, heard, carried, plays, sound, on it, it has
structure: form, structure
about: about, theme, themes, lyrics, lyric, subject, subject matter, words, tells of, tell of, ~deal, deals with, deal
  with, topic, ~concern, tells the story of, story of, story, ~address, ~explore, centres on, centers on, revolves
  around, ~chronicle, ~recount, looks at, sings of, sing of, lyrically, message, ~narrate, ~depict, ~portray,
  ~discuss, focus, ~focus, ~cover
samples: ~sample, sampling, ~borrow, ~release, ~lift, piece of, snippet, snippet of, excerpt, excerpt from, draws on,
  makes use of, made use of, ~incorporate, ~quote, ~reuse, ~reference, lifted from, taken from, source, elements of,
  contains elements of
sampled_by: ~sample, sampling, ~borrow, ~release, ~lift, came out, ~incorporate, ~quote, ~reuse
interpolates: ~interpolate, interpolation, interpolations
covers: ~cover, cover version, original, originals, originally, version, first recording, recorded first, first
  recorded by, first sung by, did it first, sang it first, recorded it first, recorded, recording, remake, ~rework,
  rendition, started life, began life, original version, take on, ~interpret, interpretation, reading of, first
  released by, first performed by, first made by, earlier recording, first recorded
covered_by: ~cover, cover version, version, versions, ~record, recording, ~release, remake, rendition, ~rework, take
  on it, take on the song, interpretation, ~interpret, reinterpretation, reinterpreted, dates from, own version,
  followed in, came out with, put out, came out, did a version, reading of, take
remixed_by: ~remix, remixes, dates, ~release, ~rework, reworking, dates from, remix version, produced a remix, made a
  remix, came out
charted: ~reach, ~peak, went, all the way to, ~chart, number, charts, week, weeks, spent, spends, spend, ~spend,
  stayed, held, hit, hits, got, made, stood, position, peak position, chart position, highest position, highest
  placing, highest place, highest chart position, best position, place, placing, spot, stay, ~climb, rose, sat,
  logged, topped out, as far as, as high as, no higher than, ~stop, had it at, chart run, run, lasted, ~remain, ~land,
  ended up, came in at, made it to, finish, ~finish, ~place, best showing, showing, found its way, enjoyed, ~enjoy,
  best placing, best chart position, high, high point, highest point, ~score, ~claim, ~secure, ~occupy, stint, climbed
  as high as, climbed as far as, got up to, up to, racked up, notched up, clocked up, ~rank
certified: ~certify, certification, certifications, disc, record, went, gone, goes, plaque, status, award, awarded,
  awards, sales award, accredited, accreditation, ~reach, ~earn, ~attain, certificate, gold certified, holds, hold,
  held
sold: sold, sales, sale, sell, sells, came, copies, units, selling, shifted, sales figures, sales figure, stand at,
  over the counter, ~shift, ~sell, ~total, total sales, total, sales total, buyers
award: award, awards, recognised, recognized, category
ranked: ~rank, ranking, placed, ~place, list, ~list, number, put, stands, named, came in at, spot, countdown, poll,
  ~include, ~feature, ~vote
honour: named, voted, declared, called, chosen, poll
described_as: called, ~describe, said, words, in the words of, according to, wrote, for, put, put it, calls, writing,
  hailed, dubbed, found it, considered, labelled, labeled, termed, summed up, summed it up, ~characterise,
  ~characterize, reviewed, review, verdict, opinion, view, phrase, description, judged, judgement, ~praise, referred
  to, refers to
featured_in: ~feature, features in, heard, used, uses, ~use, ~appear, plays, played, soundtrack, ~include, on the
  soundtrack, part of the soundtrack, turns up, turned up, crops up, cropped up, shows up, showed up, ~play, part of,
  on the soundtrack of, in the film, in the movie, song for
performed_at: ~perform, performance, performances, sang, sung, played, plays, stage, took it to the stage, on stage,
  live, took, ~play, rendition, airing, ~sing, gave a performance, live performance
video_location: filmed, shot, made, location, video, cameras, rolled, ~film, ~shoot, setting, ~locate, backdrop,
  scene, set, shoot
named_after: named, named after, named for, title, name, after, takes its name from, took its name from, namesake
signed_to: signed, ~sign, signing, deal, contract
born: born, birth
contains_ai: ai, artificial intelligence
"""


def inflect(verb: str) -> tuple[str, ...]:
    """Return the forms of a regular verb, and of one that only doubles, drops or turns its last letter."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    stem = verb[:-1] if verb.endswith("e") else verb + verb[-1] if verb in _DOUBLING else verb
    third = verb + ("es" if verb.endswith(("ch", "sh", "x", "s")) else "s")
    return verb, third, stem + "ed", stem + "ing"


def _forms(text: str) -> tuple[str, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(dict.fromkeys(form for part in parts for form in (inflect(part[1:]) if part.startswith("~") else (part,))))


WORDING = {name: _forms(text) for name, _, text in (line.partition(":") for line in _TABLE.replace("\n  ", " ").strip().splitlines())}

# In the past tense, with "it" for the song: what a refusal says that a fact says.
SAYS = {
    "writer": "wrote it", "composer": "composed it", "lyricist": "wrote the lyrics", "producer": "produced it",
    "co_producer": "co-produced it", "additional_producer": "added production", "executive_producer": "was executive producer",
    "vocal_producer": "produced the vocals", "arranger": "arranged it", "engineer": "engineered it", "mixer": "mixed it",
    "mastering_engineer": "mastered it", "programmer": "programmed it", "conductor": "conducted it", "remixer": "remixed it",
    "performer": "performed it", "featured_artist": "is featured on it", "vocal": "sang on it", "instrument": "played on it",
    "video_director": "directed the video", "covered_by": "covered it", "remixed_by": "remixed it", "covers": "recorded the original",
    "label": "released it", "signed_to": "signed them",
}  # fmt: skip

# Forms that say more than their predicate: predicate -> words -> the test that the fact's value or qualifiers must pass.
Test = Callable[[object, Mapping[str, object]], bool]


def _position(*wanted: str) -> Test:
    return lambda value, qualifiers: str(qualifiers.get("position", "")).removesuffix(" track").removesuffix(" song") in wanted


def _top(value: object, qualifiers: Mapping[str, object]) -> bool:
    return value == 1


def _instrument(*wanted: str) -> Test:
    return lambda value, qualifiers: str(qualifiers.get("instrument", "")).casefold() in wanted


def _result(wanted: str) -> Test:
    return lambda value, qualifiers: str(qualifiers.get("result", "won")) == wanted


def _modified(*wanted: str) -> Test:
    return lambda value, qualifiers: str(qualifiers.get("modifier", "")) in wanted


_WON = """
won, win, wins, winner, winning, took, took home, takes, prize, trophy, accolade, statuette, recipient, awarded, received, receives,
receiving, earned, got, given, picked up, brought home, carried off, took away, was given, presented with, collected, honoured,
honored, honoured with, honored with, went to, claimed, scooped, captured, landed, walked away with, named
"""
_NOMINATED = """
~nominate, nomination, nominations, nominee, nominees, up for, shortlisted, shortlist, nod, in the running, in contention, contender
"""
_GUARDED: tuple[tuple[str, str, Test], ...] = (
    ("track_on", "~open, opener", _position("opening", "first", "track 1", "1")),
    ("track_on", "~close, closer", _position("closing", "final", "last")),
    ("charted", "topped, tops, topping, top, summit, at the top, on top, chart topper, led, ~head, top spot, pole position", _top),
    ("award", _WON, _result("won")),
    ("award", _NOMINATED, _result("nominated")),
    (
        "sold",
        "passed, exceeded, exceed, exceeds, more than, over, topped, above, in excess of, upwards of",
        _modified("over", "more than", "at least"),
    ),
    ("instrument", "guitarist", _instrument("guitar", "lead guitar", "electric guitar", "acoustic guitar")),
    ("instrument", "bassist, bass player", _instrument("bass", "bass guitar")),
    ("instrument", "drummer, drummed, drumming", _instrument("drums", "drum")),
    ("instrument", "pianist", _instrument("piano")),
    ("instrument", "keyboardist, keyboard player", _instrument("keyboards", "keyboard")),
    ("instrument", "saxophonist", _instrument("saxophone")),
    ("instrument", "cellist", _instrument("cello")),
    ("instrument", "violinist", _instrument("violin")),
    ("instrument", "trumpeter", _instrument("trumpet")),
    ("instrument", "percussionist", _instrument("percussion")),
)
GUARDS: dict[str, dict[str, Test]] = {}
for _name, _text, _test in _GUARDED:
    GUARDS.setdefault(_name, {}).update(dict.fromkeys(_forms(_text), _test))
