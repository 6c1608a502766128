"""The words by which each predicate may be said: the closed list that grounding reads a sentence with.

A line is a predicate and its forms in lower case; "~produce" stands for produce, produces, produced and producing, a
form of several words is joined by spaces, hyphens and apostrophes count as spaces. `GUARDS` holds forms that say more
than their predicate alone: they may be used only of facts for which the test holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

_DOUBLING = {"pen", "top", "tap", "stop", "program", "spot"}
_TABLE = """
writer: wrote, written, ~write, writer, writers, songwriter, songwriters, songwriting, songwriting duties, credits
  held, credits are held, credit is held, songwriting credit, songwriting credits, songwriter credits, writing credit,
  writing credits, ~pen, pen, author, authors, ~author, authorship, came up with, song by, composition by, co wrote,
  co written, co write, co writes, co writing, co writer, co writers, co author, co authored, co authors, co penned,
  songsmith, lyrics and music, words and music, music and lyrics, came from the pen of, pen of, hand of, song of,
  songwriting team, writing team, songwriting partnership, from the pens of, pens of, the writing, writing duties
composer: ~compose, composer, composers, music, tune, melody, wrote the music, wrote the tune, wrote the melody, came
  up with the music, came up with the tune, composition, score, musical part, wrote the score, set to music, put to
  music, melodies, musical composition, set the words to music
lyricist: lyrics, words, lyric, text, wrote the lyrics, wrote the words, wrote the lyric, came up with the words, came
  up with the lyrics, lyricist, lyricists, author, authors, wordsmith, penned the lyrics, penned the words, lyrical
  content, lyric writing
producer: ~produce, producer, producers, production, productions, production work, production duties, production
  credit, production credits, desk, producer s chair, at the controls, at the helm, behind the desk, behind the
  boards, behind the board, behind the console, behind the glass, down to, production role, producing role, sound
  production, production team, production chores, record producer, record producers, producing duties, self produced,
  production helm, production chair, production seat, knobs, at the knobs, studio boss
co_producer: co produced, co producer, co producers, co producing, co production, co produces, produced with
additional_producer: additional production, added production, additional producer, additional producers, extra
  production
executive_producer: executive producer, executive producers, executive produced, executive production
vocal_producer: vocal production, produced the vocals, vocal producer
arranger: ~arrange, arranger, arrangers, arrangement, arrangements, string arrangement, string arrangements, wrote the
  arrangement, came up with the arrangement, arranging duties, arranging work, arrangement duties, arranging credit
engineer: ~engineer, engineers, recording engineer, sound engineer, engineering, engineering duties, engineering work,
  engineering credit, engineering credits, engineer s chair, sound engineering, sound engineers, recording engineers
mixer: ~mix, mixer, mixers, mixing, mixing engineer, mixing duties, mixdown, mix engineer, mix engineers, mixing work,
  mixing credit, mixing credits, final mix, mixing desk, mixing board, mixing console
mastering_engineer: ~master, mastering, mastering engineer, mastering duties, mastering credit, mastering credits,
  mastering work, mastering engineers, mastering job, final mastering, final master
programmer: ~program, programmed, programming, programmer, programmers
conductor: ~conduct, conductor, orchestra, baton
remixer: ~remix, remixer, remixers
performer: ~perform, performer, performers, sung by, sings, sang
featured_artist: ~feature, featured artist, featured guest, featured act, featured performer, featured vocalist,
  guest, guests, guested, guesting, guest appearance, guest artist, guest spot, guest turn, guest vocals, guest
  vocalist, special guest, ft, feat, cameo, ~join, guest verse, guest feature, courtesy, special appearance, duet
  partner, assist, ~perform, ~collaborate, collaboration, collaborator, collaborators, guest star, guest role,
  featured vocals, featured credit, featuring credit, joint credit, additional artist
vocal: vocals, vocal, sang, sings, sung, singing, sing, vocalist, vocalists, singer, singers, voice, harmonies,
  harmony, backing singer, lead singer, backing vocalist, lead vocalist, vocal part, vocal parts, ~perform,
  microphone, mic, behind the microphone, at the microphone, behind the mic, vocal duties, singing duties, sang lead,
  vocal credit, vocal credits, ~add, ~croon
instrument: ~play, on, player, ~perform, part, parts, picked up, laid down, ~record, ~strum, ~handle, players, ~add,
  drum kit, kit, at the piano, behind the kit, behind the drums, ~man, instrumentalist, sits in on, sat in on, ~pluck
video_director: ~direct, direction, director, directors, video director, behind the camera, shot, ~shoot, ~helm,
  cameras, ~film, took charge of the video, in charge of the video, under the direction, clip, video, visuals, visual,
  filmmaker, filmmakers, directorial, directing duties, director s chair, music video director, made the video
inspired_by: ~inspire, inspiration, debt, owes, came, source, idea, gave the idea, starting point, goes back to, went
  back to, sprang from, springs from, grew out of, grows out of, roots, sparked, spark, ~prompt, drew on, draws on,
  drawn from, based on, began with, prompted by, led to the song, gave rise to, origin, origins, story behind, story,
  background, influence, influenced, ~influence, model, muse, seed, trigger, ~trigger, root, draws, drew, draw, traces
  back to, ~trace, ~stem, stems from, derived from, ~derive, rooted in, springboard, catalyst, impetus, took its cue
  from, takes its cue from, cue, germ, kernel, genesis, took inspiration, takes inspiration, ~spur, spurred by
recorded_at: ~record, recording, recordings, recording session, recording sessions, studio, session, sessions, ~tape,
  taped, tape, tapes, cut, laid down, put to tape, put down, put on tape, committed to tape, tapes were rolling,
  tracked, ~capture, location, tapes rolled, ~host, made, were held, was held, recording place, place of recording,
  site, ~make, done, ~finish, recorded live, laid to tape, recording venue, recording studio, recording location,
  booked into, facility
recorded_on: ~record, recording, recordings, recording date, recording session, session, sessions, ~tape, taped, tape,
  tapes, cut, put to tape, put down, put on tape, laid down, committed to tape, tapes were rolling, tracked, ~capture,
  were held, was held, date, recording day, done, ~finish, session date, day of recording, date of recording, dates
  from, dates back to, dates to, ~complete, made on, ~make, laid to tape
written_for: wrote, written, made, ~compose, ~write, ~pen, ~create, soundtrack, theme song
published: ~publish, publication, print
released: ~release, releases, release date, date of release, out, out since, came out, comes out, ~appear, ~issue,
  ~arrive, put out, put it out, brought out, brought it out, single, on sale, went on sale, hit the shops, hit shops,
  hit stores, hit shelves, hit the shelves, in the shops, in stores, in shops, ~launch, ~surface, available, made
  available, followed on, reached shops, reached stores, through, saw the light of day, date, day of release, ~emerge,
  out on, reached the public, ~debut, commercial release, street date, hit record shops, release year, year of
  release, via, ~unveil, came to market, hit the market, rolled out, saw release, saw its release, got its release,
  ~publish, issue date, became available, on the market, put on the market, on the shelves, public release, hit the
  streets, given a release, given its release, made its way into shops, went public, ~deliver, ~land, ~greet, brought
  it to market, sent it out, sent it out into the world, put it on sale, took it to market
label: label, labels, ~release, releases, ~issue, came out, comes out, out, put out, put it out, brought out, brought
  it out, record label, imprint, ~launch, ~sign, published by, home, through, on the label, under the label, put on
  sale, ~debut, via, label behind, home label, label home, banner, under the banner of, record company, company,
  house, brought it to market, sent it out, sent it out into the world, put it on sale
track_on: album, albums, lp, track, from, on, off, ~appear, ~include, cut, cut from, came out, ~release, taken from,
  comes from, found on, can be found, featured on, part of, one of the songs, track listing, tracklist, ~feature,
  belongs to, home, album track, parent album, housed on, ~house, track list, ~contain, sequenced, ~sequence, ~gather,
  collected on
single_from: single, album, lp, from, off, ~release, taken, taken from, lifted from, drawn from, cut from, picked
  from, ~yield, ~spawn, released from, release from, follow up, single release, singles, pulled from, culled from,
  ~extract, chosen as, ~choose, issued from, selected as, ~select, served as
b_side_of: b side, other side, flip side, flipside, flip, reverse, backed, ~back, coupled with, paired with, reverse
  side, on the flip, ~couple, coupled
genre: genre, style, ~classify, ~categorise, ~categorize, falls under, filed under, kind of, ~belong, category,
  ~label, tag, tagged, classed, sound, stylistically, musically, ~identify, fits under, comes under, sits in, ~fit,
  ~sit, genre wise, ~fall, bracket, idiom
key: key, set, written, ~compose, played, plays, sits, pitched, tonality, performed, recorded, ~perform, tonal centre,
  ~record, ~sing, key signature, home key, tonic, tonally, ~notate, ~pitch, key centre, harmonically
tempo: tempo, beats per minute, beats a minute, bpm, ~move, moves along, pace, run, runs, ran, running, speed, goes,
  ticks, clocks, plays, set, beat, rate, ~play, ~proceed, beats each minute, metronome, metronome marking, tempo
  marking, paced, clips along, clip, ~roll, rolls along, ~tick, ~clock, ~trot
duration: run, runs, ran, running, lasts, lasted, lasting, length, long, minutes, seconds, running time, run time,
  playing time, duration, runtime, clocks in, clocks, comes in at, goes on for, plays, timed, track length, song
  length, ~measure, ~time, ~total, total length, in length, ~span, comes to, comes out at, adds up to, ~amount, from
  start to finish, end to end, ~stretch, from end to end, start to finish
intro_length: intro, introduction, ~open, opening, begin, begins, began, beginning, lasts, lasted, lasting, long
time_signature: time, meter, metre, time signature
instrumentation: instruments, instrument, arrangement, backing, heard, carried, plays, sound, on it, it has
structure: form, structure
about: about, theme, themes, lyrics, lyric, subject, subject matter, words, tells of, tell of, ~deal, deals with, deal
  with, topic, ~concern, tells the story of, story of, story, ~address, ~explore, centres on, centers on, revolves
  around, ~chronicle, ~recount, looks at, sings of, sing of, lyrically, message, ~narrate, ~depict, ~portray,
  ~discuss, focus, ~focus, ~cover, ~reflect, reflects on, ~speak, speaks of, ~talk, talks about, tale of, tale,
  ~tackle, ~treat, ~examine, turns on, hinges on, concerned with, ~describe, narrative, has to do with, meaning,
  ~consider, ~meditate, lyrical theme, lyrical subject, tells
samples: ~sample, sampling, ~borrow, ~release, ~lift, piece of, snippet, snippet of, excerpt, excerpt from, draws on,
  makes use of, made use of, ~incorporate, ~quote, ~reuse, ~reference, lifted from, taken from, source, elements of,
  contains elements of, sample source, built on, built around, built from, based on, takes from, took from, ~recycle,
  pulls from, ~pull, bit of, portion of, section of, part of, ~repurpose, repurposed, ~record
sampled_by: ~sample, sampling, ~borrow, ~release, ~lift, came out, ~incorporate, ~quote, ~reuse, turns up in, turned
  up in, ~reappear, ~resurface, heard in, found its way into, used in, shows up in, ~recycle, ~repurpose, part of,
  portion of, turn up in, worked into, ~record
interpolates: ~interpolate, interpolation, interpolations, ~borrow, borrows from, ~quote
covers: ~cover, cover version, original, originals, originally, version, first recording, recorded first, first
  recorded by, first sung by, did it first, sang it first, recorded it first, recorded, recording, remake, ~rework,
  rendition, started life, began life, original version, take on, ~interpret, interpretation, reading of, first
  released by, first performed by, first made by, earlier recording, first recorded, redid, remade, ~revisit, ~revive,
  revival, first done by, first cut by, first version, ~tackle, ~redo, had done, covered from, earlier version,
  ~reinterpret
covered_by: ~cover, cover version, version, versions, ~record, recording, ~release, remake, rendition, ~rework, take
  on it, take on the song, interpretation, ~interpret, reinterpretation, reinterpreted, dates from, own version,
  followed in, came out with, put out, came out, did a version, reading of, take, ~revisit, ~revive, revival, ~tackle,
  remade, redid, recut, took it on, took the song on, ~redo, cover of it, did it, another version, made a version of
  it
remixed_by: ~remix, remixes, dates, ~release, ~rework, reworking, dates from, remix version, produced a remix, made a
  remix, came out, remix treatment, remix duties, mix by, remixing, ~revamp, new mix, gave it a remix
charted: ~reach, ~peak, went, all the way to, ~chart, number, charts, week, weeks, spent, spends, spend, ~spend,
  stayed, held, hit, hits, got, made, stood, position, peak position, chart position, highest position, highest
  placing, highest place, highest chart position, best position, place, placing, spot, stay, ~climb, rose, sat,
  logged, topped out, as far as, as high as, no higher than, ~stop, had it at, chart run, run, lasted, ~remain, ~land,
  ended up, came in at, made it to, finish, ~finish, ~place, best showing, showing, ~register, found its way, enjoyed,
  ~enjoy, best placing, best chart position, high, high point, highest point, ~score, ~claim, ~secure, ~occupy, stint,
  climbed as high as, climbed as far as, got up to, up to, racked up, notched up, clocked up, ~rank, got to, ~ascend,
  ~advance, ~crest, maxed out, best rank, highest rank, highest ranking, maximum, a high of, tenure, residence,
  ~stick, ~linger, chart best, chart high, chart peak, its best, ~attain, appearance, listing, ~amass, ~tally, chart
  stay, chart life
certified: ~certify, certification, certifications, disc, record, went, gone, goes, plaque, status, award, awarded,
  awards, sales award, accredited, accreditation, ~reach, ~earn, ~attain, certificate, gold certified, holds, hold,
  held, certification level, sales certification, ~recognise, ~recognize, recognition, ~designate, designation,
  ~confer, ~hand, ~accredit, ~receive
sold: sold, sales, sale, sell, sells, came, copies, units, selling, shifted, sales figures, sales figure, stand at,
  over the counter, ~shift, ~sell, ~total, total sales, total, sales total, ~move, sales tally, tally, ~amount, in
  sales, changed hands, record sales, commercial total
award: award, awards, recognised, recognized, category
ranked: ~rank, ranking, placed, ~place, list, ~list, number, put, stands, named, came in at, spot, countdown, poll,
  ~include, ~feature, ~vote, ~position, slot, ~rate, ~appear, ~slot
honour: named, voted, declared, called, chosen, poll
described_as: called, ~describe, said, words, in the words of, according to, wrote, for, put, put it, calls, writing,
  hailed, dubbed, found it, considered, labelled, labeled, termed, summed up, summed it up, ~characterise,
  ~characterize, reviewed, review, verdict, opinion, view, phrase, description, judged, judgement, ~praise, referred
  to, refers to, in the opinion of, ~judge, said of, ~remark, ~note, ~state, ~declare, ~deem, ~tag, ~brand, ~sum,
  assessment, ~assess, ~regard, saw it as, sees it as, comment, ~comment, ~observe, quote, quoted, critic, reviewer,
  wrote of it, in print, ~portray, to quote, ~write, ~dub, ~term, ~call, ~label, heard it as
featured_in: ~feature, features in, heard, used, uses, ~use, ~appear, plays, played, soundtrack, ~include, on the
  soundtrack, part of the soundtrack, turns up, turned up, crops up, cropped up, shows up, showed up, ~play, part of,
  on the soundtrack of, in the film, in the movie, song for, placement, ~soundtrack, on screen, placed in, ~employ,
  ~accompany, made its way into, makes its way into, found its way into, finds its way into, ~land, on film
performed_at: ~perform, performance, performances, sang, sung, played, plays, stage, took it to the stage, on stage,
  live, took, ~play, rendition, airing, ~sing, gave a performance, live performance, brought to the stage, took to the
  stage, live rendition, ~stage, brought it to the stage, ~deliver, live version, sang live, ~present, ~bring, took it
  to the stage of
video_location: filmed, shot, made, location, video, cameras, rolled, ~film, ~shoot, setting, ~locate, backdrop,
  scene, set, shoot, location shoot, shooting location, filming location, filming, on location, shooting, took place
named_after: named, named after, named for, title, name, after, takes its name from, took its name from, namesake,
  borrowed its name from, borrows its name from, got its name from, gets its name from, owes its name to, owes its
  title to, takes its title from, took its title from
signed_to: signed, ~sign, signing, deal, contract, roster, on the roster, ~ink, inked, record deal, recording
  contract, contract with, recording deal, joined
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
    return tuple(dict.fromkeys(form for part in parts for form in (inflect(part[1:]) if part.startswith("~") else _objects(part))))


def _objects(form: str) -> tuple[str, ...]:
    """Return a form with "it" in it, such as "put it out", also with the nouns that stand for the song."""
    before, it, after = form.partition(" it ")
    return (form, *(f"{before} the {noun} {after}" for noun in ("song", "track", "single", "record"))) if it else (form,)


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
won, win, wins, winner, winning, took, took home, takes, prize, trophy, accolade, statuette, recipient, awarded, received,
receives, receiving, earned, got, given, picked up, brought home, carried off, took away, was given, presented with, collected,
honoured, honored, honoured with, honored with, went to, claimed, scooped, captured, landed, walked away with, named, triumphed,
~triumph, victory, victorious, victor, bagged, netted, clinched, secured, honour, honours, honor, honors, laureate, nabbed,
walked off with, went home with, came away with, ~grant, bestowed, accorded, conferred, ~hand
"""
_NOMINATED = """
~nominate, nomination, nominations, nominee, nominees, up for, shortlisted, shortlist, nod, in the running, in contention,
contender, contenders, in the frame, contended, contending, competed, competing, vied, vying
"""
_GUARDED: tuple[tuple[str, str, Test], ...] = (
    ("track_on", "~open, opener", _position("opening", "first", "track 1", "1")),
    ("track_on", "~close, closer", _position("closing", "final", "last")),
    (
        "charted",
        "topped, tops, topping, top, summit, at the top, on top, chart topper, led, ~head, top spot, pole position, reign, ~reign, ~rule,"
        " throne, crown, perch, pinnacle, apex, zenith, first place",
        _top,
    ),
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
