"""The words by which an account is known to tell of making music, of a thing, or of loss and wrong."""

from __future__ import annotations

# What an account may be of that is no person and no group, written without a capital letter.
THINGS = frozenset(
    """
    it song songs single singles track tracks recording recordings record video videos clip lyric lyrics words title titles melody tune
    version versions remix remixes album albums demo demos riff beat chorus verse verses hook bridge refrain introduction intro outro
    coda strings drums percussion guitar guitars piano organ bass line hi-hat rap part parts section sections take takes session
    sessions cover release sleeve artwork ringtone film soundtrack trilogy theme arrangement harmony harmonies vocal vocals voices
    sounds sound synthesizer patterns sample samples costumes success campaign broadcast trailer collection tour premiere rhythm tempo
    key mix edit b-side a-side tape tapes piece composition text score poem novel book
    """.split()
)

# What is done to make, give or take music, and the harmless traffic of making it: the first word of an act.
MAKING = frozenset(
    """
    wrote writes write written composed composes penned pens co-wrote rewrote arranged arranges orchestrated scored produced produces
    co-produced recorded records re-recorded taped mixed mixes remixed mastered engineered programmed sampled samples looped overdubbed
    dubbed tracked sang sings sing sung rapped raps hummed whistled clapped played plays play performed performs strummed plucked
    drummed conducted conducts improvised jammed tuned covers covered interpolated added adds doubled layered put puts made makes make
    built builds created creates began begins started starts finished finishes completed presented presents introduced introduces
    premiered premieres released releases issued directed directs filmed shot danced dances appears appear appeared starred stars
    designed designs choreographed edited asked asks invited wanted suggested suggests proposed chose chooses picked heard hears thought
    thinks felt feels reckons compared compares calls likes liked loved named dedicated dedicates borrowed translated adapted adapts
    demoed rehearsed rehearse learned learnt taught tried uses used placed places set sets posted showed shows tells describes mentions
    nods opens opened closes closed celebrated thanked joined champions championed imagined improvises reworked rework reworks topped
    won received entered spent returned persuaded copyrighted cut brought gives gave took goes went
    """.split()
)

# What does somebody harm, or hints at it, though it is no sensitive matter by itself; written as `phrase_table` says.
LOADED = """
    left, leave, leaves, leaving, quit, walked out, walked away, moved out|away|to|its, moved her|his|their, departed, departure, gone,
    missing, lost, lose, loses, losing, loss, losses, empty, emptied, late, alone, absent, absence, no longer, not been, did not,
    does not, do not, would not, could not, cannot, can not, never, nobody, nothing, without, stopped, stops, ended, ending, called off,
    cancel*, postpone*, broke, broken, burn*, fell, collaps*, came down, crash*, ditch, wreck*, failed, fails, failure, flop*, missed,
    misses, again, instead, in place of, in her|his|their place, another, replac*, until, ever since, since then, the next morning|day,
    the day after, the same night|day|month|week, turned forty|fifty|sixty|seventy|eighty|sixteen|seventeen|eighteen, waited, kept,
    refus*, reject*, deni*, ignor*, forgot*, forgets, hid, hides, hidden, secret*, told, lied, lies, liar, key, insured, insurance,
    cupboard, safe, bought, sold, signed over, signed away, gave away, gave up, fee, fees, paid, pay, pays, money, fortune, savings,
    takings, debt*, owed, owes, rent, reporter, reporters, journalist, newspaper, paper, press, lawyer*, notary, court, judge,
    consulate, embassy, minister, ministry, hospital, doctor*, clinic, sanatorium, ward, pills, drank, drink*, drunk, bottle*, bar,
    minibar, pub, wine, hotel room, room {n}, flat for, shared a, shared a house|flat|room|bed, lived with, lived above, moved in,
    newborn, baby, child, children, daughter, son, husband, wife, marriage, divorce*, lover*, girlfriend, boyfriend, ex, widow*,
    funeral, grave, death, died, dead, ill, illness, sick, hurt*, injur*, wound*, blood, scar, scars, cut her|his, angry, anger, rage,
    shout*, fight, fought, quarrel*, feud*, argu*, row, enemy, enemies, revenge, betray*, two faces, jealous*, blame*, fault, guilt*,
    shame, sham*, accus*, alleg*, steal*, stole*, stolen, thief, copied, copy, cheat*, trick*, fraud*, fake*, bribe*, crime*, police,
    prison, jail, arrest*, shut in, locked, bully*, hit, beat, beaten, threat*, afraid, fear*, lonely, rail of, bridge every, edge of,
    jump*, suicid*, empty chair, farm ever since, converted, sect, priest, prayer, party, election, president, rally, flag, war, fired,
    sacked, dismissed, resigned, dropped, let go, ten times, own single|copies
"""
