"""The templates: `{W}` lists all facts of a predicate, `{W1}` is the first of them; P1 to P6 are the kinds of paraphrase."""

from __future__ import annotations

CREDITS = """
P1 {W} wrote {it}.
P1 {It} was written by {W}.
P2 The songwriting on {it} is credited to {W}.
P2 {W} {is} the {writer} of {it}.
P2 The {writer} {was} {W}.
P1 {It} was penned by {W}.
P1 Penned by {W}, {it} was produced by {P}.
P1 {W} penned {it}, and {P} produced it.
P1 {W} wrote {it}, which {P} produced.
P6 Written by {W} and produced by {P}, {it} was released on {rel}.
P2 Production was handled by {P}.
P2 {P} handled the production.
P2 {P} served as {producer}.
P2 The {producer} of {it} {was} {P}.
P2 With {P} as {producer}, {it} came out on {rel}.
P1 {P} produced the track.
P1 {It} was produced by {P}, and {E} engineered it.
P6 {P} produced {it}, {E} engineered it and {X} mixed it.
P5 {X} mixed the track, which {P} produced.
P1 {It} was mixed by {X} and mastered by {A}.
P2 {X} did the mixing and {A} the mastering.
P2 Mixing was done by {X}; {A} mastered it.
P2 The mix is by {X}.
P1 {R} arranged {it}.
P2 The arrangement is by {R}.
P2 {It} has an arrangement by {R}.
P1 {C} composed the music and {L} wrote the lyrics.
P2 The music is by {C} and the lyrics are by {L}.
P2 With music by {C} and words by {L}, {it} was released on {rel}.
P1 The lyrics were written by {L}, the music by {C}.
P2 {L} was the lyricist and {C} the composer.
P1 {It} features {F}.
P2 {F} is the featured artist.
P2 {F} appears as a guest.
P2 {F} makes a guest appearance on {it}.
P1 {F} is featured on {it}.
P1 {V} directed the video.
P1 The music video was directed by {V}.
P2 The director of the video was {V}.
P2 The video's director is {V}.
P1 {I1} plays {i1} on {it}.
P1 {I1} played the {i1}.
P2 On {i1} is {I1}.
P2 {I1} is on {i1} and {I2} on {i2}.
P1 {I1} plays {i1} and {I2} plays {i2}.
P2 The {i1} is played by {I1}.
P1 {S} sings {s1}.
P2 {S} provides {s1}.
P2 {S} contributed {s1} to {it}.
P1 {K} co-produced {it}.
P2 {K} was the co-producer.
P2 {Z} was the executive producer.
P2 {Z} served as executive producer.
P2 {Z} is credited as executive producer.
P1 {U} remixed {it}.
P1 {Q} conducted the orchestra.
P5 Behind {it} {are} {P}, who produced it.
P5 Produced by {P}, {it} was recorded at {studio}.
P5 {P}, who produced {it}, also had {E} as engineer.
P6 {It} was written by {W}; {P} produced it.
P6 Written by {W}, {it} has production by {P}.
P2 {It} is a song by {W}, produced by {P}.
P6 {W} wrote it, {P} produced it and {X} mixed it.
P2 {It} was the work of {writer} {W} and {producer} {P}.
"""
DATES = """
P3 {It} was released on {rel}.
P3 {It} came out on {rel}.
P3 {It} appeared in {relmonth}.
P3 {It} was released in {relyear}.
P3 Released on {rel}, {it} was produced by {P}.
P3 {It} was issued in {relmonth} by {label}.
P6 {label} released {it} on {rel}.
P1 {It} was released by {label} on {rel}.
P2 The release date was {rel}.
P2 {It} saw its release on {rel}.
P6 {It} came out on {label} in {relyear}.
P1 {label} issued {it}.
P2 {It} is a {label} release.
P3 {It} was recorded on {rec}.
P3 Recorded on {rec}, {it} was released on {rel}.
P2 The recording was made on {rec}.
P2 The recording session took place on {rec}.
P3 {It} was recorded in {recmonth} and released in {relmonth}.
P1 {It} was recorded at {studio}.
P6 {It} was recorded at {studio} in {studiomonth}.
P2 The recording took place at {studio}.
P1 {artist} recorded {it} at {studio} in {studiomonth}.
P5 In {studiomonth}, {artist} recorded {it} at {studio}.
P5 In {relyear}, {label} released {it}.
"""
CHARTS = """
P1 {It} reached number {n} on the {chart}.
P1 {It} peaked at number {n} on the {chart}.
P2 Its peak on the {chart} was number {n}.
P2 {It} was a number {n} on the {chart}.
P1 {It} went to number {n} on the {chart}.
P5 On the {chart}, {it} reached number {n}.
P6 {It} reached number {n} on the {chart} and number {n2} on the {chart2}.
P6 {It} peaked at number {n} on the {chart} and at number {n2} on the {chart2}.
P3 {It} reached number {n} on the {chart} on {chartdate}.
P3 In {chartmonth}, {it} reached number {n} on the {chart}.
P1 {It} topped the {topchart}.
P6 {It} topped the {weekchart} for {weeks} weeks.
P6 {It} spent {weeks} weeks at number one on the {weekchart}.
P2 {It} held the top of the {weekchart} for {weeks} weeks.
P6 {It} peaked at number {tn} on the {totalchart}, where it spent {total} weeks.
P6 {It} spent {total} weeks on the {totalchart}.
P4 {It} made No. {n} on the {chart}.
P4 {It} charted at number {n} in {region}.
P1 {It} was certified {level} by the {body}.
P1 The {body} certified {it} {level}.
P2 {It} has a {level} certification from the {body}.
P6 {It} was certified {level} in {certregion}.
P3 The {body} certified it {level} on {certdate}.
P2 {It} received a {level} certification from the {body}.
P1 {It} won {prize} at the {event}.
P3 {It} won {prize} at the {event} in {prizeyear}.
P2 {It} took the award for {prize} at the {event}.
P2 {It} was the winner of {prize} at the {event}.
P1 {It} was nominated for {nprize} at the {nevent}.
P2 {It} received a nomination for {nprize} at the {nevent}.
P2 {It} earned a {nevent} nomination for {nprize}.
P1 {It} has sold over {sold} copies.
P1 Over {sold} copies of {it} have been sold.
P2 Sales came to over {sold} copies.
P1 {ranker} ranked it number {rank} on its list {ranklist}.
P1 {It} was ranked number {rank} on {ranklist} by {ranker}.
P3 In {rankyear}, {ranker} placed {it} at number {rank} on {ranklist}.
"""
SOUND = """
P1 {It} moves at {bpm} beats per minute.
P2 The tempo is {bpm} beats per minute.
P2 {It} has a tempo of {bpm} bpm.
P1 {It} is in the key of {key}.
P2 {It} is set in {key}.
P2 Its key is {key}.
P1 {It} runs for {clock}.
P3 {It} lasts {spoken}.
P2 The length is {clock}.
P2 {It} is {spoken} long.
P3 {It} has a running time of {clock}.
P6 {It} is in {key} and moves at {bpm} beats per minute.
P2 The genre is {genre}.
P2 {It} is a {genre} song.
P1 {It} appears on the album {album}.
P2 {It} is a track on the album {album}.
P3 It is on {album}, an album from {albumyear}.
P2 {It} was the {ordinal} single from {album}.
P1 {It} was released as the {ordinal} single from {album}.
P5 The {ordinal} single from {album}, {it} was produced by {P}.
P2 {It} was the B-side of {bside}.
P2 It was on the B-side of "{bside}".
"""
RELATIONS = """
P1 {It} samples "{sample}" by {sampleartist}.
P2 {It} contains a sample of "{sample}" by {sampleartist}.
P2 {It} is built on a sample from "{sample}" by {sampleartist}.
P4 {It} samples {sampleartist}'s "{sample}".
P3 {It} samples "{sample}", released by {sampleartist} in {sampleyear}.
P1 {sampler} sampled it in "{sampling}".
P1 It was sampled by {sampler} in "{sampling}".
P3 {sampler} sampled {it} for "{sampling}" in {samplingyear}.
P2 {It} is sampled in "{sampling}" by {sampler}.
P2 {It} is a cover of a song by {original}.
P2 The original is by {original}.
P2 {It} is a cover of an original by {original}.
P1 {coverer} covered {it}.
P1 {It} was covered by {coverer} in {coveryear}.
P2 {coverer} recorded a cover version in {coveryear}.
P2 A cover by {coverer} came out in {coveryear}.
P2 {It} has a cover version by {coverer}.
P1 {mixer} remixed {it} in {mixyear}.
P1 {It} was remixed by {mixer}.
P2 {mixer} made a remix of {it}.
P1 {critic} of {paper} called it "{quote}".
P1 {critic} described {it} as "{quote}".
P2 In {paper}, {critic} called it "{quote}".
P1 {It} is featured in the film {film}.
P2 {It} is heard in the film {film}.
P3 {It} appeared in the {filmyear} film {film}.
P1 {It} was written for the film {forfilm}.
P1 The video was filmed in {city}.
P1 The video was shot in {city}.
P2 {It} is about {theme}.
P2 The lyrics are about {theme}.
P2 The theme of {it} is {theme}.
P1 {It} was inspired by {spark}.
P1 {spark} inspired {it}.
P2 The inspiration was {spark}.
P1 {It} was named after {namesake}.
P2 {It} takes its name from {namesake}.
P1 {artist} signed to {signer}.
P1 {signer} signed {artist}.
P1 {artist} performed {it} at {venue} on {gigdate}.
"""
FREE = """
It took {W} to write {it} and {P} to produce it.
Credit for the production goes to {P}.
{P} sat in the producer's chair.
Behind the desk was {P}; {E} was the engineer.
Pen credits on {it} belong to {W}.
{W} {is} named as {writer}, {P} as {producer}.
It was {P} who produced it and {X} who mixed it.
{it}, produced by {P}, came out on {label} in {relyear}.
{label} put {it} out on {rel}.
{label} put out {it}, the {ordinal} single from {album}, in {relmonth}.
In {relmonth} came the release, on {label}.
Taken from the album {album}, {it} was released on {rel}.
{it} arrived on {rel} as the {ordinal} single from {album}.
The tapes were rolling at {studio} in {studiomonth}.
Sessions for {it} took place at {studio} in {studiomonth}.
{artist} cut it at {studio} with {P} producing.
The song was put to tape on {rec}; it was released on {rel}.
It got as far as number {n} on the {chart}.
It climbed to number {n} on the {chart}.
It topped out at number {n} on the {chart}.
{it} was a number {n} hit on the {chart}.
The {chart} had it at number {n}.
On the {chart} it stopped at number {n}; on the {chart2} at number {n2}.
For {weeks} weeks it was number one on the {weekchart}.
It sat at number one on the {weekchart} for {weeks} weeks.
It logged {total} weeks on the {totalchart}, with a peak of number {tn}.
In {certregion}, the {body} has certified it {level}.
A {level} disc came from the {body}.
It went {level} in {certregion}.
At the {event} in {prizeyear}, it won {prize}.
It took home {prize} at the {event}.
It picked up the award for {prize} at the {event}.
The {nevent} nominated it for {nprize}.
It was up for {nprize} at the {nevent}.
More than {sold} copies have been sold.
Sales have passed {sold} copies.
At {bpm} beats per minute and in {key}, it runs for {clock}.
It clocks in at {clock}.
It is {genre}, in {key}.
You can find it on {album}, released in {albumyear}.
It sits on the album {album}.
It borrows from {sampleartist}'s "{sample}", from {sampleyear}.
The sample is from "{sample}" by {sampleartist}.
In it there is a sample: "{sample}", by {sampleartist}.
"{sampling}" by {sampler} samples it.
{sampler} borrowed from it for "{sampling}" in {samplingyear}.
{original} recorded the original in {coveredyear}.
{original} did it first; this is a cover.
The first recording was by {original}, in {coveredyear}.
In {coveryear}, {coverer} came out with a cover.
{coverer}'s version followed in {coveryear}.
A version by {coverer} appeared in {coveryear}.
{mixer}'s remix came out in {mixyear}.
"{quote}" is what {critic} of {paper} called it.
{critic}, writing in {paper}, called it "{quote}".
To {critic} it was "{quote}".
It plays in the film {film}.
The film {film} uses it on its soundtrack.
The cameras rolled in {city} for the video, with {V} directing.
{V} shot the video in {city}.
{V} was behind the camera for the video.
It tells of {theme}.
Its subject is {theme}.
{spark} gave the idea for the song.
The idea came from {spark}.
{I1} is heard on {i1}.
{I1} picked up the {i1} for it; {I2} was on {i2}.
That is {I1} on {i1}.
The {s1} are by {S}.
{S} can be heard on {s1}.
{F} guests on the track.
Its guest is {F}.
{K} shares the production credit as co-producer.
{Z} oversaw it as executive producer.
The mastering was left to {A}, the mix to {X}.
{E} engineered the sessions.
{R} wrote the arrangement.
{C} wrote the tune, {L} the words.
The words are {L}'s, the music {C}'s.
A {relyear} release on {label}, it was produced by {P}.
{ranker} put it at number {rank} in {ranklist}.
It stands at number {rank} in {ranker}'s {ranklist}.
On its flip side it backed "{bside}".
{artist} sang it at {venue} on {gigdate}.
It was recorded before it was released: on {rec} and on {rel}.
"""
SECOND = """
The pen behind {it} belongs to {W}; the production is down to {P}.
{W} came up with {it}, and {P} took care of the production.
{P} is listed as {producer} and {E} as engineer.
Credits name {W} as {writer} and {P} as {producer}.
Both the mix, by {X}, and the mastering, by {A}, are credited.
The recording features {F} as a guest.
{F} joins {artist} on it.
Listen for {F}, who guests on it.
{I1} plays the {i1} part.
The {i1} you hear is {I1}.
{I1} ({i1}) and {I2} ({i2}) play on it.
Backing it are {I1} on {i1} and {I2} on {i2}.
{S} handled {s1}.
The video came from director {V}.
{V} took charge of the video.
{label} brought it out on {rel}.
Its release followed on {rel}.
It hit the shops on {rel}.
It has been out since {rel}.
It was committed to tape at {studio} in {studiomonth}.
The studio was {studio}, the month {studiomonth}.
It was laid down on {rec}.
It went all the way to number {n} on the {chart}.
{n2} was its place on the {chart2}; on the {chart} it made number {n}.
The single peaked on the {chart} at number {n}.
Number {n} was as high as it got on the {chart}.
Its highest position on the {chart} was number {n}.
It stayed at number one on the {weekchart} for {weeks} weeks.
It led the {weekchart} for {weeks} weeks.
On the {totalchart} it lasted {total} weeks and peaked at number {tn}.
It was on the {totalchart} for {total} weeks.
It is a {level}-certified single in {certregion}.
The {body} awarded it a {level} disc.
It earned {level} status from the {body}.
It was honoured with {prize} at the {event}.
{prize} at the {event} went to the song.
It won the {event} trophy for {prize}.
It was among the nominees for {nprize} at the {nevent}.
It got a {nevent} nod for {nprize}.
Over {sold} copies went over the counter.
The song has a running time of {spoken} and a tempo of {bpm} bpm.
It plays for {clock} at {bpm} beats per minute.
The key of {key} is where it lives.
Written in {key}, it moves at {bpm} beats per minute.
It is one of the songs on {album}.
{album} has it as the {ordinal} single.
It can be heard on the album {album}.
A piece of "{sample}" by {sampleartist} is sampled in it.
{sampleartist}'s "{sample}" from {sampleyear} provides its sample.
It lifts a sample from "{sample}" by {sampleartist}.
{sampler} built "{sampling}" on a sample of it.
"{sampling}", a {samplingyear} track by {sampler}, samples it.
It started life as a song by {original}.
{original} sang it first; {artist} covered it.
{coverer} covered it {coveryear}.
{coverer} put out a cover in {coveryear}.
There is a {coveryear} cover by {coverer}.
A remix by {mixer} dates from {mixyear}.
{critic} in {paper}: "{quote}".
In the words of {critic} of {paper}, it is "{quote}".
"{quote}", wrote {critic} in {paper}.
It turns up in the film {film}.
It was part of the soundtrack of {film}.
It was made for the film {forfilm}.
They filmed the video in {city}.
{city} is where the video was shot.
It is a song about {theme}.
{theme} is what it is about.
It deals with {theme}.
It goes back to {spark}.
It took its inspiration from {spark}.
It came in at number {rank} on {ranker}'s list {ranklist}.
{artist} played it at {venue} on {gigdate}.
On {gigdate}, {artist} took it to the stage at {venue}.
"""
THIRD = """
The song, written by {W}, was produced by {P}.
The song, which {P} produced, was written by {W}.
The track's {producer}, {P}, worked with engineer {E}.
{P}, the song's {producer}, recorded it at {studio}.
Produced by {P} and engineered by {E}, the track appeared in {relmonth}.
It was {W} who wrote the song.
As {producer} of the track, {P} worked alongside engineer {E}.
{E} was the engineer, {X} the mixer and {A} the mastering engineer.
Engineering is by {E}, mixing by {X}.
The mixing was the job of {X}, while {A} handled mastering.
{X} is credited with the mix.
{R} is responsible for the arrangement.
The lyric is by {L}; {C} wrote the music.
{L} penned the lyrics to music by {C}.
{C}'s music was paired with words by {L}.
{F} can be heard as a guest on the track.
Guest vocals come from {F}.
The track includes a guest appearance by {F}.
{S} is heard on {s1}.
{s1} are provided by {S}.
{I1} contributes {i1}.
{I1} supplied the {i1}, {I2} the {i2}.
The accompanying video was directed by {V}.
A video directed by {V} was shot in {city}.
{K} is listed as co-producer.
{P} produced the track, with {K} as co-producer.
Released through {label} on {rel}, the single was written by {W}.
On {rel}, {label} issued the song as a single.
{label} released the track in {relyear}, and it reached number {n} on the {chart}.
The song came out in {relmonth} on the {label} label.
Issued on {rel}, it peaked at number {n} on the {chart}.
{artist} recorded the song in {studiomonth} at {studio}, with {P} producing.
The recording sessions were held at {studio}.
It was made at {studio} with {producer} {P}.
The song was recorded on {rec} with {E} engineering.
In {chartmonth} the song peaked at number {n} on the {chart}.
The song reached its peak of number {n} on the {chart} on {chartdate}.
Its highest chart position was number {n} on the {chart}.
In {region}, the song reached number {n}.
It reached number {n} in {region}.
The single was a chart-topper on the {topchart}.
It reached the top of the {topchart}.
It remained at number one on the {weekchart} for {weeks} weeks.
The song was number one for {weeks} weeks on the {weekchart}.
It charted for {total} weeks on the {totalchart}, peaking at number {tn}.
The {body} has certified the song {level}.
The single went {level} in {certregion}, as certified by the {body}.
The song earned a {level} certification in {certregion}.
It received its {level} certification from the {body} on {certdate}.
{It} won the {event} award for {prize}.
The song won a {event} prize for {prize}.
At the {event}, the track won {prize}.
It was nominated at the {nevent} in the category {nprize}.
The track has a length of {clock} and a tempo of {bpm} beats per minute.
Running {clock}, the song is in the key of {key}.
The song is {spoken} in length.
Played in {key} at {bpm} bpm, the song runs {clock}.
{It} is performed in the key of {key}.
{It} features on the album {album}.
The song is taken from {album}.
It was lifted from {album} as the {ordinal} single.
{album}'s {ordinal} single, it came out on {rel}.
It is a {genre} track from the album {album}.
The track draws on a sample of "{sample}" by {sampleartist}.
"{sample}", a {sampleyear} recording by {sampleartist}, is sampled on the track.
It makes use of a sample of {sampleartist}'s "{sample}".
The song has been sampled by {sampler}, in "{sampling}".
In {samplingyear}, {sampler} used a sample of it in "{sampling}".
Originally recorded by {original} in {coveredyear}, it was covered by {artist}.
{artist}'s version is a cover of a song by {original}.
The song was originally recorded by {original}.
It was later covered by {coverer}, in {coveryear}.
Among its covers is one by {coverer}.
{coverer} released a cover of the song in {coveryear}.
{mixer} produced a remix in {mixyear}.
In {mixyear} came a remix by {mixer}.
{critic}, in {paper}, described it as "{quote}".
Writing for {paper}, {critic} called the song "{quote}".
{ranker} included it at number {rank} in {ranklist}.
It placed at number {rank} on {ranker}'s {ranklist} in {rankyear}.
The song can be heard in the {filmyear} film {film}.
It appears on the soundtrack of the film {film}.
The song was composed for the film {forfilm}.
The lyrics deal with {theme}.
Lyrically, the song is about {theme}.
It was {spark} that inspired the song.
The song took inspiration from {spark}.
The song has sold more than {sold} copies.
Total sales exceed {sold} copies.
{artist} performed the song live at {venue} on {gigdate}.
"""
FOURTH = """
{W} put the song together on paper; {P} put it together in the studio as {producer}.
Two jobs, two names: {E} engineered the track and {X} mixed it.
The credits list {W} under songwriting and {P} under production.
{it} credits {W} with the writing and {P} with the production.
The song has {W} as its {writer}.
{P} took on the role of {producer}.
On production duties {was} {P}.
{P} did the producing, {E} the engineering.
The record was produced by {P}, engineered by {E} and mixed by {X}.
{X} was in charge of the mix and {A} of the mastering.
{R} came up with the arrangement.
{C} provided the music and {L} the lyrics.
The words were penned by {L}, and the tune was composed by {C}.
Its lyricist is {L}; its composer is {C}.
The orchestra was conducted by {Q}.
The guest on the track is {F}.
There is a guest spot for {F}.
A guest verse comes courtesy of {F}.
{I1} handles {i1} duties.
{I1} laid down the {i1} part.
Playing {i1} is {I1}.
{S} lends {s1} to the track.
{V} served as director of the music video.
The clip was filmed in {city} under the direction of {V}.
{label} put the single on sale on {rel}.
Released {rel}, the song was produced by {P}.
The track saw the light of day on {rel}.
{label} handled the release in {relyear}.
The song's release on {label} came in {relmonth}.
The song was cut at {studio} with {E} as engineer.
{studio} was the place of recording.
The date of the recording is {rec}.
They recorded it on {rec}.
{artist} taped it at {studio} in {studiomonth}.
The song's chart peak was number {n} on the {chart}.
It rose to number {n} on the {chart}.
The song found its way to number {n} on the {chart}.
The {chart} saw it reach number {n}.
Its best showing was number {n} on the {chart}.
For {weeks} weeks it held the number one spot on the {weekchart}.
It enjoyed {weeks} weeks at number one on the {weekchart}.
Its run on the {totalchart} lasted {total} weeks.
The {body} gave it a {level} certification.
It is certified {level} by the {body}.
The song brought home {prize} from the {event}.
It was the recipient of {prize} at the {event}.
It landed a nomination for {nprize} at the {nevent}.
With a tempo of {bpm} beats per minute, it is in {key}.
It ticks along at {bpm} beats per minute.
The song's duration is {clock}.
The track is {clock} long.
{key} is the key of the song.
It belongs to the album {album}.
{album} includes the song.
The song is the {ordinal} single off {album}.
In it, {artist} samples "{sample}" by {sampleartist}.
The track incorporates a sample of "{sample}" by {sampleartist}.
{sampler}'s "{sampling}" samples the song.
The song was first recorded by {original}.
It is {artist}'s take on a song by {original}.
{coverer} did a version of it in {coveryear}.
{coverer} later covered the song.
{mixer} gave it a remix in {mixyear}.
"{quote}" was the verdict of {critic} in {paper}.
{critic} summed it up in {paper} as "{quote}".
{ranker} has it at number {rank} on {ranklist}.
The film {film} features the song.
It was penned for the film {forfilm}.
Its lyrics tell of {theme}.
The story behind it is {spark}.
The song owes its origin to {spark}.
Over {sold} units have been sold.
{artist} gave a live performance of it at {venue} on {gigdate}.
"""
FIFTH = """
{W} supplied the song, {P} the production.
{P} was at the controls; {E} was recording engineer.
The songwriting comes from {W}.
Words and music are by {W}.
For the production, thanks go to {P}.
{P} produced, {X} mixed and {A} mastered the song.
{X} mixed what {P} had produced.
The mix was handled by {X} and the master by {A}.
The music was composed by {C} to lyrics by {L}.
{L} is the author of the lyrics, {C} of the music.
The arranger of the song is {R}.
{Q} conducted.
{F} makes a cameo on it.
Featuring {F}, it came out in {relmonth}.
{I1} is the one playing {i1}.
Among the players are {I1} on {i1} and {I2} on {i2}.
Background duties aside, {S} sings {s1}.
{V}'s video was shot in {city}.
The single emerged on {rel} via {label}.
{it} hit record shops on {rel}.
The label behind it is {label}.
Its release year is {relyear}.
Recording took place on {rec}, with {P} as {producer}.
The song was tracked at {studio} during {studiomonth}.
Number {n} was its peak on the {chart}.
The song landed at number {n} on the {chart}.
It was number {n} on the {chart} by {chartmonth}.
The single spent {weeks} weeks at the top of the {weekchart}.
It racked up {total} weeks on the {totalchart}.
It holds {level} certification from the {body}.
{certregion} certified it {level}.
The {body} plaque is {level}.
It claimed {prize} at the {event} in {prizeyear}.
A nomination for {nprize} at the {nevent} came its way.
At {clock}, it is in {key}.
The tempo sits at {bpm} beats per minute.
It comes from the {albumyear} album {album}.
The {ordinal} single taken from {album} came out on {rel}.
{sampleartist}'s "{sample}" is the source of its sample.
{sampler} used it as a sample in "{sampling}".
{original} first recorded the song, in {coveredyear}.
A {coveryear} version by {coverer} covers the song.
{mixer} reworked it in {mixyear}.
{critic} of {paper} heard "{quote}".
In {rankyear} it was number {rank} on {ranker}'s list {ranklist}.
You can hear it in the film {film}.
{theme} is the subject of the lyrics.
It draws its inspiration from {spark}.
Copies sold: over {sold}.
{venue} was where {artist} performed it on {gigdate}.
"""
SIXTH = """
{it} is attributed to {W} as {writer}.
{P} and {E} worked on it as producer and engineer, respectively.
The production of {it} was undertaken by {P}.
{W} wrote the song; production was by {P} at {studio}.
It is {P} who is credited with producing the song.
The song lists {X} as mixer and {A} as mastering engineer.
Composed by {C} with lyrics by {L}, the song was released by {label}.
{L} contributed the lyrics, {C} the music.
{F} performs on the song as a featured artist.
As a featured artist, {F} appears on the track.
{I1} performed the {i1} on the song.
The {i1} was performed by {I1} and the {i2} by {I2}.
{S} performed {s1} on the track.
Its music video was directed by {V} and filmed in {city}.
The song was made available by {label} on {rel}.
It was through {label} that the song was released, on {rel}.
Having been recorded on {rec}, the song was released on {rel}.
The song was recorded at {studio}, with {E} serving as engineer.
The song achieved a peak of number {n} on the {chart}.
On the {chart}, the song attained number {n} as its peak position.
The song ranked at number {n} on the {chart} and number {n2} on the {chart2}.
It claimed the top spot on the {weekchart} for {weeks} weeks.
The song charted on the {totalchart} for a total of {total} weeks.
Its certification by the {body} is {level}.
The song attained {level} status in {certregion}.
The song was awarded {prize} at the {event}.
It was the {prize} winner at the {event} in {prizeyear}.
It was in contention for {nprize} at the {nevent}.
The song plays at a tempo of {bpm} beats per minute in the key of {key}.
The running time of the song is {spoken}.
The song was included on the album {album}.
Serving as the {ordinal} single from {album}, it was released on {rel}.
The song contains elements of "{sample}" by {sampleartist}.
The track was sampled in {sampler}'s {samplingyear} song "{sampling}".
It is a rendition of a song originally by {original}.
A cover of the song was recorded by {coverer} in {coveryear}.
{critic} of {paper} referred to it as "{quote}".
The song was used in the {filmyear} film {film}.
The song explores the theme of {theme}.
{artist} gave a performance of the song at {venue} on {gigdate}.
"""
SEVENTH = """
Behind the song stand {W}, with {P} taking care of production.
Songwriter credits for {it} are held by {W}.
The song owes its production to {P}.
Both {P} and {X} had a hand in the record, the one as producer and the other as mixer.
It was mastered by {A} after {X} had mixed it.
{C} came up with the music and {L} with the words.
The person who conducted it is {Q}.
{R} arranged the piece.
You can hear {F} guesting on {it}.
The {i1} part belongs to {I1}.
Playing {i1} on the record is {I1}; {I2} is on {i2}.
{S} can be heard singing {s1}.
Cameras for the video, with {V} directing, rolled in {city}.
{label} issued {it} in {relmonth}.
The world first got to buy it on {rel}.
Released in {relyear}, it was put out by the label {label}.
The session for the song is dated {rec}.
The tapes rolled at {studio}.
They cut the track on {rec}, and it reached stores on {rel}.
On the {chart} it went as high as number {n}.
Its best showing on the {chart} was number {n}.
The {chart} had it at number {n} and the {chart2} at number {n2}.
For {weeks} weeks nothing could dislodge it from the top of the {weekchart}.
Its stay on the {totalchart} lasted {total} weeks.
A {level} certification was granted by the {body}.
In {certregion}, the song is certified {level}.
{prize} at the {event} went to the song.
The song lost out on {nprize} at the {nevent}.
It moves along at {bpm} BPM and is set in {key}.
The recording clocks in at {clock}.
{album} is where the song can be found.
{album} yielded the song as its {ordinal} single.
It borrows from "{sample}", which {sampleartist} released in {sampleyear}.
Years later {sampler} lifted a sample of it for "{sampling}".
{original} had done the song before.
{coverer} took the song on in {coveryear}.
"{quote}" is how {critic} summed it up in {paper}.
It turns up on screen in {film}, from {filmyear}.
The subject of the song is {theme}.
{spark} gave rise to the song.
The song was played live by {artist} at {venue} on {gigdate}.
It sold {sold} copies.
{ranker} put it at number {rank} on its {ranklist}.
{mixer} later gave the song a remix.
"""
EIGHTH = """
Songwriting on {it} was the work of {W}.
If you look at the sleeve, the song is by {W} and the production by {P}.
The writers' line reads {W}.
{W} wrote it, and {P} took it into the studio as {producer}.
At the mixing stage the song passed to {X}.
Final mastering was entrusted to {A}.
The arrangement is {R}'s.
The tune belongs to {C}, the words to {L}.
With {F} as its guest, {it} was issued on {rel}.
The guest on {it} is {F}.
On {i1} is {I1}, on {i2} {I2}.
{I1} supplies the {i1}.
{S} takes the {s1}.
It was {V} who made the video, in {city}.
{city} is the setting of the video.
On {rel}, {label} sent the song out into the world.
{label} brought the song to market in {relyear}.
The release followed on {rel}.
Recorded at {studio} and engineered by {E}, it came out on {label}.
{studio} hosted the recording.
It made number {n} on the {chart}, and number {n2} on the {chart2}.
The song's peak, number {n}, came on the {chart} on {chartdate}.
Over on the {chart}, it rose to number {n}.
It ruled the {weekchart} for {weeks} weeks.
All told, it was on the {totalchart} for {total} weeks.
In the eyes of the {body}, it is a {level} record.
{level} in {certregion}: that is what the song is certified.
It walked off with {prize} at the {event}.
At the {event}, the song competed for {nprize}.
With a tempo of {bpm} BPM, the song is written in {key}.
In total it runs for {spoken}.
The song sits on the album {album}, released in {albumyear}.
It was chosen as the {ordinal} single from {album}.
Inside the song is a sample of "{sample}", recorded by {sampleartist}.
A piece of the song reappears in "{sampling}" by {sampler}.
The song is not an original but a cover of one by {original}.
{coverer} made a version of it in {coveryear}.
To {critic}, writing in {paper}, it was "{quote}".
Viewers of the film {film} hear it.
{theme} is what the song is about.
The song was sparked by {spark}.
On {gigdate}, {artist} took the song to the stage of {venue}.
Sales of the song stand at {sold}.
On the {ranklist} of {ranker}, it ranks number {rank}.
"""
GROUPS = {"credits": CREDITS, "dates": DATES, "charts": CHARTS, "sound": SOUND, "relations": RELATIONS}
