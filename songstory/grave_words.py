"""The words of grave matters by kind; how a table is written says `phrase_table`.

Grave is what is a crime to have done or a shame to have said of one, what the law calls special data (health, sexuality,
faith, politics), what touches children, and what nobody outside can know (an accusation, a rumour of a relationship).
It takes two trusted sources and a publisher.
"""

from __future__ import annotations

GRAVE_KINDS = {
    "crime": """
        arrest*, murder*, kill|killed|killing|killer|killers|kills, manslaughter, homicid*, convict*, prison*, imprison*, jail|jailed|
        jails|jailing, felon*, indict*, fraud*, robber*, robbed, robbing, theft|thefts|thief|thieves, stolen, stole ~ from, assault*,
        stabb*, shooting, shootings, shot dead, shot and, shot at, shot {his}, shot a man|woman, {be} shot by, {be} shot in the,
        {be} shot outside, gunned down, gunman*, gunmen, gunshot*, gun in, gang, gangs, gangster*, drug deal*, drug bust*, drug charge*,
        drugs charge*, traffick*, smuggl*, terroris*, crime*, criminal*, police, policeman, policemen, detective*, {be} sentenced,
        sentenced to, suspended sentence, charged with, on charges, {be} charged, on trial, stood trial, court case, guilty, pleaded,
        plead ~ contest, no contest, laundering, blackmail*, extort*, kidnap*, abduct*, hostage*, arson*, burglar*, broke into,
        break in, breaking and entering, on probation, on parole, parole, on bail, bail, behind bars, in custody, remand*, a cell,
        cells, incarcerat*, penitentiary, inmate*, served ~ months|years|weeks|sentence|time, doing time, raided, raid, handcuff*,
        mugshot*, fugitive, fled, flee*, went on the run, hit and run, drove off, vandalis*, vandaliz*, counterfeit*, forged, forger*,
        perjur*, bigam*, treason, espionage, manhunt, custodial, shoplift*, mugged, mugging, prosecut*, magistrate*, brib*,
        possession of, drink driv*, drunk driv*, driving under, community service, restraining order, curfew, stalk*, ran over,
        set fire to, setting ~ alight, set ~ alight, caution by, speeding, wanted in, wanted by ~ police|courts, wanted for, ankle tag,
        tagged by, electronic tag, customs found, at customs, {be} seized, seized by|from|at|in, confiscat*, contraband, hidden in ~
        luggage|case|suitcase,
        outlaw*, warrant*, interpol, statement to the, questioned by, questioned about, helping ~ inquiries, the authorities, firearm*,
        revolver, knife, machete, body armour, alibi, accomplice*, getaway, loot*, ransom, time inside, inside for, did time,
        riot*, gaol*, jury, juror*, witness protection, testif*, testimony, cross examined, acquit*, verdict, fingerprint*,
        bag of jewels, jewels, jeweller*, jewelry, picked up by the police, held by the police, set ~ on fire, on fire, bound over,
        keep the peace, breach of the peace, disturb* the peace, a record for, police record, rap sheet, months in, years in ~ prison|
        jail|gaol, eighteen months, did ~ months|years in, spent ~ months|years inside, locked up, doing ~ years, illegal gambling|club|
        den|drugs|copies|broadcast|party, black market, receiving stolen, fence for, fenced, heist*, hold up, held up a|the,
        at gunpoint, at knifepoint, stick up, pickpocket*, rip off, trespass*, poach*, hijack*, carjack*, joyrid*, drove ~ drunk,
        ran ~ over, ran down a, killed a, left the scene, evidence against, wanted list, hitman, contract on, mafia, mob, mobster*,
        mob boss, yakuza, cartel, underworld, racket, racketeer*, protection money, pimp*, informant, snitch*, grass on,
        sting operation, undercover, wiretap*, search of {his}, searched {his}, fined, a fine, fines, fine of, penalty, community order,
        tagged, pentonville|wandsworth|strangeways|holloway|rikers|alcatraz, pipe bomb, bomb, bombing, explosive*, hoax call,
        threat to kill, spied for
    """,
    "health": """
        cancer, leukaemia, leukemia, hiv, aids, illness*, disease*, diagnos*, depression|depressive|depressed, bipolar, schizophren*,
        psychosis|psychotic, mental health, mentally ill, nervous breakdown, mental breakdown, a breakdown, emotional breakdown,
        nervous collapse, collaps* on, collapsed, anorexi*, bulimi*, eating disorder*, tumor*, tumour*, {his} stroke, a stroke,
        suffered a, heart attack*, heart failure, dementia, autis*, adhd, miscarr*, abortion*, pregnan*, infertil*, ivf, disabled,
        disabling injury|illness,
        disabilit*, epilep*, alzheimer*, parkinson*, multiple sclerosis, diabet*, coma, hospital*, surger*, surgeon*, operation on,
        throat operation, chemotherap*, radiotherap*, psychiatr*, therapist*, in therapy, therapy, panic attack*, anxiety, ptsd,
        trauma*, insomnia, wheelchair*, paralys*, paralyz*, blind in, went blind, going blind, deaf*, hearing loss, hearing aid|aids,
        tinnitus, amputat*, unwell, seriously ill, terminally, {be} ill, fell ill, taken ill, too ill, infection, infected, pneumonia,
        hepatitis, tubercul*, medication, antidepressant*, sedat*, ill health, heard voices, hearing voices, seizure*, sanatorium*,
        intensive care, transplant*, obes*, dyslexi*, tourette*, bodyweight, menopaus*, postnatal, postpartum, burnout, burned out,
        exhaustion, convalesc*, ward for, nodules, incurable, remission, no longer hear, no longer walk, no longer see, no longer sing,
        no longer play, lost {his} voice, lost {his} sight, lost {his} hearing, lost {his} hair, losing {his} sight|hearing|voice|
        memory, ringing in, hands shook, hands shake, shook too, tremor*, a ward, on ~ ward, nurses, doctors, doctor's orders,
        {his} doctor, on crutches, in plaster, broken leg|arm|hip|back|neck, health reasons, reasons of health, health scare, ill at,
        weight loss, ate nothing, stopped eating, skin and bone, skeletal, could not get out of bed, unable to, not well enough,
        too weak, frail, prescri*, pills for, breathing tube, oxygen, blood test, transfusion, a voice only {his}, voices in {his} head,
        the voices, sectioned, committed to, straitjacket, state of mind, unstable, fragile, memory loss, forgets, carer*, specialist,
        scan, kidney*, liver, lung*, heart condition, cardiac, losing {his} hearing|sight|voice|mind|memory|hair, lost {his} mind|
        memory|teeth, heart defect, heart trouble, weak heart, pacemaker, tested positive, positive test, positive for, manic, mania,
        delusion*, paranoi*, hallucinat*, nerves, nervous exhaustion, nervous condition, shell shock, shock treatment, electroshock,
        lobotom*, asylum, mental ward, mental home, institution, institutionalis*, institutionaliz*, treated for, treatment for,
        in treatment, under treatment, recuperat*, recovering from, recover* after, relapse, prognosis, chronic, syndrome, disorder,
        disorders, condition that, polio, malaria, measles, typhoid, cholera, syphil*, gonorrh*, herpes, std, asthma*, emphysema,
        bronchit*, laryngit*, vocal cord*, vocal fold*, arthrit*, rheumat*, osteo*, lupus, crohn*, colitis, ulcer*, migraine*, stammer*,
        stutter*, a limp, {be} limping, limps, cane, walking stick, prosthe*, artificial leg|arm|hip|limb, glass eye, hunchback, dwarf*,
        albino*,
        vitiligo, eczema, acne, facelift, nose job, liposuction, botox, his|her|their weight, gain|gained|lost|lose|losing ~ weight,
        overweight, starved, starving, fainted, faints,
        fainting, passed out, bleeding, bled, vomit*, dizzy, dizziness, vertigo, stage fright, phobia, ocd, asperger*,
        learning difficult*, panic, crack up, cracked up, melt down, meltdown, burnt out, broken down, broke down, breaking down,
        could not cope, unable to cope, under strain
    """,
    "addiction": """
        addict, addicts, addiction*, addicted, overdos*, alcoholi*, alcohol, rehab*, heroin, cocaine, crack cocaine, crack habit,
        crack pipe, opium, opiate*, opioid*, methadone, morphine, amphetamine*, crystal meth, meth, ecstasy, lsd, painkiller*,
        tranquil*, valium, xanax, oxycodone, fentanyl, marijuana, cannabis, drug use, drug abuse, drug habit*, drug problem*, drugs,
        on drugs, narcotic*, substance abuse, drunk*, {be} drinking, drinking problem, drink problem, heavy drinking, heavy drinker,
        problem ~ drink, drinking ~ bottle*, bottle|bottles of vodka|whisky|whiskey|gin|rum|wine|brandy|bourbon, vodka, intoxicat*,
        hangover, hung over, sober*, sobriety, get clean, getting clean, got clean, gone clean, clean and, twelve step*, detox*,
        relaps*, withdrawal, cold turkey, hooked on, {be} high on, high on ~ pills|drugs|acid, {be} stoned, too wasted, {be} wasted,
        gambl*, bookmaker*, casino debt*, needle*, syringe*, stopped drinking, gave up drinking, began drinking, started drinking,
        drank, drinker, off the wagon, on the wagon, dependency, dependence on, dependent on, a habit, pills, smoked ~ joint, binge*,
        clinic ~ time, checked into a clinic|hospital|ward, {be} clean since, clean for|since, stayed clean, up {his} nose, up ~ nose,
        nose candy, white powder, tin foil, {his} foil, bottle in, the bottle, empties, minibar, hip flask, {be} tipsy, slurring,
        could not stand, stagger*, reeked of, on something, substances, stash, joint, joints, bong, tripping, acid trip,
        magic mushrooms, racetrack, roulette, slot machine*, bet {his}, betting, track marks, using again, started using, shooting up,
        glue, solvents, steroids, poppers, shaking hands, lines of coke|cocaine|speed|powder|white, nodded off, nodding off, passed out,
        blackout*, black out,
        meetings of, a sponsor, his sponsor, a bottle, bottles, {his} bottle, under the influence, a fix, {his} fix, fix of, drugged up,
        coke, smack habit, on smack, speed habit, on speed, on acid, took acid, dropped acid, dope, weed, hash, hashish, pot smok*,
        smoking pot, junkie*, junk habit, user of, snort*, sniff* glue|coke|powder, inject*, smoked crack|heroin|opium|dope, freebas*,
        the drink, drink and, grip of drink|drugs, {be} dry for|since, dry out, drying out, dried out, card table, cards table,
        poker debt*, horses, at the races, lost everything at, lost ~ at the tables, fruit machine*, wager*, habit, habits, forty pills,
        pills a day, a day's pills, handful of pills, pill bottle, prescription, a programme for, a program for, program for {his},
        programme for {his}, a recovering, in recovery, recovery from, recovered from, meetings, counsel*, intervention,
        came off ~ drugs|pills|drink, coming off, off the drink|drugs|pills|booze, booze, boozing, boozy, pub every, brandy, whisky,
        whiskey, gin, rum, wine a day, champagne breakfast*, beers, hungover, paralytic, legless, {be} plastered|smashed, blotto,
        {be} loaded, spaced out, {be} out of it, out of {his} head|mind|skull, incoherent, unable to stand|play|sing|perform, too far
        gone,
        missing shows, nodding out, the cravings, craving, dealer*, pusher*, supplier, {his} demons, demons, excesses, partying,
        hard living, wild years, lost years, dark years, wilderness years
    """,
    "self-harm": """
        suicid*, self harm*, self injur*, killed himself, killed herself, kill himself, kill herself, took|take|taking {his} own life,
        take {his} life, end|ended|ending {his} life, end ~ own life, end it all, wanted to die, want to die, wished ~ dead,
        no longer wanted to live, not want to live, cut|cutting|slash*|slit {his} wrist*|arms|throat, cut|cutting|cuts|hurt|hurting|
        harm*|starv* himself|herself|themselves, slash* {his} arms, jumped from, jumped off, on the ledge, hanged himself,
        hanged herself, swallow* ~ pills|tablets, sleeping tablets, sleeping pills, overdosed on purpose, razor blade to,
        marks on {his} arms, marks on ~ arms|wrists, scars on, long sleeves to hide, cover the scars|marks, did not want to see|live|
        wake, not wake up, not to wake, a note on, farewell note, goodbye letter, off a bridge, off the bridge, from a bridge,
        railway line, in front of a train, attempt on {his}, second attempt, gave up on life, nothing to live, not be here,
        stopped eating, starving, burn* {his} own, burned himself|herself, gas oven, hang himself|herself, hung himself|herself,
        tried to hang|drown|jump|kill|end|poison|cut|shoot, shoot himself|herself, shot himself|herself, poison* himself|herself,
        drown* himself|herself, throw himself|herself, threw himself|herself, kill* himself|herself, harm himself|herself,
        hurt ~ on purpose, cut ~ on purpose, burned ~ on purpose, razor ~ wrists|wrist|arms|arm|throat, in the bath with, stepped off,
        stepped in front of, off a platform|roof|bridge|balcony|cliff|building|ledge, off the platform|roof|bridge|balcony|cliff|
        building|ledge, from a roof|bridge|balcony|cliff|window, out of a window, farewell letter, letter of farewell, last letter,
        go on living, going on living, not want to go on, did not want to go on, could not go on, stop living, no reason to live,
        reason to live, tired of living, tired of life, weary of life, death wish, wish to die, longing for death, life was not worth,
        not worth living, better off dead, better off without {his}, rope, noose, overdose on, exhaust pipe, bandaged wrists,
        bandages on, scarred arms, scars
    """,
    "sexuality": """
        sexual*, gay, lesbian*, homosexual*, bisexual*, transgender, trans woman, trans man, transition*, queer, non binary,
        coming out as, coming out to, came out as, came out to {his}, came out publicly, {be} outed, outing, closeted, in the closet,
        an affair, love affair, affair with, {his} affair, infidel*, unfaithful, adulter*, prostitut*, sex work*, escort*, brothel*,
        erotic*, porn*, nude*, naked, sex tape, sex with, had sex, orgasm*, impoten*, stripper*, slept with, sleeping with, in bed with,
        virgin|virgins|virginity, orientation, gender, topless, threesome, preferred the company, company of men|women, same sex,
        a man he loved, a woman she loved, boyfriend of {his}, his boyfriend, her girlfriend, liked men|women|boys|girls, attracted to,
        always been a he|she, his pronouns, pronouns, assigned at birth, born a man|woman|boy|girl, deadname*, drag, lavender marriage,
        confirmed bachelor, cruising, backstage with girls, groupie*, orgy, orgies, fetish*, bondage, mistresses, hormone*,
        gender reassign*, that he loved men, loved men, loved women, love of men, dirty pictures|photos|films|movies|books, posed for|
        nude|naked, pin up, centrefold, centerfold, adult film*, adult movie*, blue movie*, blue film*, x rated, sex, libido, lust,
        lustful, kinky, swinger*, swinging parties, polyam*, open marriage, open relationship, menage, dominatrix, sadomasoch*,
        call girl*, gigolo*, toy boy, rent boy*, harlot, whore*, slut*, trans, drag queen, cross dress*, wore women's clothes,
        dressed as a woman ~ home, effeminate, bi curious ~ interview, coming out story, fluid, lgbt*, pride march, closet, beard for,
        lover was a man|woman, lived with a man|woman, with another man|woman, male lover, female lover
    """,
    "religion or politics": """
        religio*, muslim*, islam*, jew|jews|jewish, judaism, antisemit*, anti semit*, christian|christians|christianity, catholic*,
        protestant*, mormon*, hindu*, buddhis*, sikh*, evangelic*, born again, scientolog*, jehovah*, atheis*, blasphem*, satan*, nazi*,
        holocaust, racism*, racist*, racial*, xenophob*, homophob*, misogyn*, ku klux klan, white suprem*, apartheid, genocide,
        far right, far left, right wing, left wing, extremis*, {his} faith, lost {his} faith, a cult, the cult, sect, sects,
        convert* to, communism, communist*, fascism, fascist*, politician*, election*, campaign* for, campaign* against,
        protest against, abortion rights, dictator*, regime, republican*, {be} a democrat, the democrats, voted for, voted against,
        party leader, conspiracy*, commune, guru, rally for, at a rally, candidate for ~
        party|election|office|senate|council|mayor|parliament, stood as a candidate, leaflet*, party conference, president,
        prime minister, minister, ministers, senator*, mayor, parliament, state grant, junta, war crime*, occupation, annex*, boycott*,
        sanction*, flag burning, pledge*, brexit, referendum, trump, putin, activist*, marched for|against, denounced,
        propagand*, informer for, informer, secret police, collaborat* with the enemy|regime|occupier*|germans|nazi*|secret|junta, party
        member, member of the party, card carrying,
        heretic*, apostas*, ex nun, ex priest, defrocked, excommunicat*, baptis*, baptiz*, the sect, shaved {his} head for, ashram,
        preacher, pastor, priest, imam, rabbi, mosque, synagogue, prophet, witch*, occult*, militia*, paramilitar*, gave money to a|
        the ~ party|campaign|militia|movement, donat* to the ~ party|campaign, left the church|faith|party|movement|sect|order,
        leav* the church|faith|party|movement|sect, joined the ~ party|movement|sect|order|army|church|militia, join* a sect|cult|
        militia|church|party|monastery|convent, monastery, convent, monk, monks, nunnery, abbey vow*, vow of, missionar*, crusade*,
        jihad*, sharia, headscarf, hijab, veil, kosher, circumcis*, caste, pagan*, freemason*, mason, masons, illuminati, zion*,
        palestin*, gaza, tank regiment, tyrant, coup in|against, putsch, revolutionary group|army|party|movement|cell|council,
        guerrilla*, insurgen*, separatis*, nationalis*, supremac*,
        segregat*, lynch*, slur, blackface, ethnic*, immigra* policy, anti immigra*, welfare reform, abortion, pro life, pro choice,
        gun control, climate denial, vaccin*, anti vax*, antivax*, lockdown, flat earth, {be} a member of the ~ party, party membership,
        labour party, conservative party, tory, tories, socialist*, marxis*, maois*, leninis*, trotsky*, anarchis*, liberal party,
        democrats, lobby*, campaigned
    """,
    "abuse": """
        abus*, rape|raped|rapes|raping, rapist*, molest*, harass*, domestic violence, violent towards, {be} violent, violence against,
        beat|beaten|beats|beating {his} {family}, {be} beaten, beat ~ up, beating ~ up, hit {his} {family}, {be} hit by {his},
        struck {his}, punched {his} {family}, incest*, paedophil*, pedophil*, groomed|grooming, batter*, tortur*, forced himself,
        forced herself, against {his} will, non consensual, consent, unwanted advance*, grop*, exposed himself, inappropriate*,
        misconduct, bully, bullied, bullies, bullying, threaten*, coerc*, manhandl*, strangl*, choked {his}, slapped, predator*,
        victim*, spiked ~ drink, drugged, hit her, hit him with, hit {his} ~ with, hits her, black eye, bruis*, locked ~ in,
        locked {his}, lock* her, did to her, did to him, did to {his} ~ dancers|girls|singers|pupils, come forward, came forward,
        women ~ forward, former pupils, afraid of him|her, afraid of {his}, terrified of, fear of him|her, scared of him|her, temper,
        rages, violence, violently, dragged ~ by, pushed ~ down|against|into, shoved, kicked her|him, knocked ~ unconscious|out|down,
        grabbed, put {his} hands on, hands on {his} ~ throat|neck, made ~ undress|strip|beg, casting couch, pressured, humiliat*,
        degrad*, controlled every|what, controlling, would not let her|him, kept ~ prisoner, imprison*, whip*, cruel*, forced her|him|
        them, force-fed, force fed, took advantage of, preyed, prey, me too, metoo, survivor*, beatings, safe house, shelter for,
        refuge for, smack*, thrash*, slapped {his}, slapped a man|woman|fan|girl|boy|child, slapped ~ in front of, slap {his},
        pushed {his} ~ down|wall, touched by a|{his}, touched ~ by a, improperly, indecent*, kept ~ locked, locked up in,
        locked up ~ house, forbade {his}, forbid* {his}, would not allow {his}, isolated {his}, threw ~ down the stairs,
        down the stairs, broke {his} nose|arm|jaw|ribs|wrist, broken nose|jaw|ribs, marks on {his} neck|throat, by a teacher,
        by a priest, by {his} stepfather|uncle|teacher|coach|priest, choir master, mistreat*, maltreat*, ill treat*, neglect*, torment*,
        terroris* {his}, terroriz* {his}, tyrann*, hazing, sadist*, rough with, laid a hand, raised {his} hand|fist, fists, hit a man|
        woman|fan|girl|boy|child|photographer|reporter, hitting {his}, hitting a, kicked {his}, kicked a man|woman|fan|girl|boy|child|
        photographer|reporter, punched a man|woman|fan|girl|boy|photographer|reporter, punching {his}, lashed, burned {his} with,
        stalked, stalker, blackmailed, exploited, enslaved, slavery, trafficked, harem, cult leader, silenced {his},
        paid ~ silence, to keep quiet, keep quiet, keep {his} quiet
    """,
    "minors": """
        underage, under age, child abuse, minors, a minor, schoolgirl*, schoolboy*, teenage girl|girls, teenage boy|boys, aged {child},
        {child} year|years old|olds, only|just|barely thirteen|fourteen|fifteen|sixteen|seventeen|twelve|eleven, aged nine|ten|eleven|
        twelve|thirteen|fourteen|fifteen|sixteen|seventeen, when {his} was fourteen|fifteen|sixteen, jailbait, child bride,
        child labour, child star ~ exploit*, girl of nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|10|11|12|13|14|15|16|17,
        boy of nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|10|11|12|13|14|15|16|17, foster
        home|care|child|children|parent|parents|mother|father|brother|sister|family, fostered by, in foster, teenager ~ backstage|hotel,
        {be} twelve|thirteen|fourteen|fifteen, {be} sixteen and, at twelve|thirteen|fourteen|fifteen, at sixteen and, sixth form,
        school girl|girls, school boy|boys, schoolchild*, pupils, choirboy*, her parents did not|never, without ~ parents,
        behind ~ parents, child star*, child labor, labour law, sixteen hour, girls who waited, young girls, young boys, young fans,
        teenage fan|fans, teenage bride, teenage wife, teenage lover, barely legal, not yet eighteen|sixteen|of age, of age,
        lied about ~ age, under eighteen|sixteen|fourteen|18|16|14, the girl's age, {his} pupil, a pupil, ran away from home, runaway*,
        chaperon*, babysitter, grooming, children in, photographs of ~ at eleven|twelve|thirteen|fourteen|fifteen, dared not tell {his},
        {child} year old, thirteen|fourteen|fifteen|sixteen|twelve|eleven|seventeen year old|olds, still at school, was at school when,
        school when he, at school when, schoolmate, classroom, pupil, a student of, his student, her student, {his} students, teen fan,
        teen bride, teen wife, teenager on tour, teenager with, girl on tour, a child on, child actor, child labour|labor,
        the age of consent, age of consent, age difference, age gap, half {his} age, old enough to be {his}, too young, far too young,
        not old enough, {his} babysitter, {his} nanny, boy scouts, scoutmaster, orphans, playground
    """,
    "money": """
        bankrupt*, tax evasion, tax bill*, back taxes, evad* ~ tax|taxes, insolven*, {be} in debt, into debt, deep in debt, in debt to,
        debts, {his} debt, unpaid, went under, went bust, went broke, {be} broke, flat broke, penniless, liquidat*, creditor*,
        receiver*, foreclos*, repossess*, bailiff*, could not pay, never paid, not paid, owed ~ money|wages|rent|thousands|tax|royalt*,
        {be} owed, owing ~ money, evict*, destitut*, ponzi, offshore, tax haven, tax office, pawned, pawn shop, financial ruin,
        ruined ~ financ*, lost {his} house, lost {his} home, homeless*, living in {his} car, slept in {his} car, not seen a penny,
        seen a penny, not a penny, without a penny, a fortune, paid ~ in cash, brown envelope*, envelope, auditor|auditors, audit,
        audited, the taxman,
        tax man, revenue, unpaid royalt*, royalties, swiss account, panama, cayman, shell company, mortgage, rent arrears, arrears,
        sold {his} house, sold {his} publishing, overdraft, loan, loans, loan shark, borrowed ~ never, lent {his}, begged for,
        on welfare, on benefits, food bank
    """,
    "money gone missing": """
        embezzl*, siphon*, misappropriat*, fiddl* the, cook* the books, pocket* ~ {money}, {took} ~ {money} for himself|herself,
        kept ~ {money} ~ for himself|herself, kept ~ {money} meant, {took} the {money}, helped himself, helped herself, help* ~ self to,
        run|ran|made|makes|walked|walks off with, {money} ~ {gone}, {gone} ~ {money}, hole ~ books|accounts|budget,
        {money} ~ never ~ paid|seen|arrived|reached|found, where ~ {money} had gone|went, where ~ {money} ~ gone|went, cheat* ~ out of,
        swindl*, con man, conned, conman, scam*, overcharg*, double booked the, skim* ~ {money}, skimming, cooked books, padded ~ bill|
        bills|invoices|expenses, forged ~ cheque*, emptied ~ account, cleaned out, kickback*, payola, slush fund, hush money,
        backhander*, under the table, shortchang*, short changed, could not account for, discrepanc* ~ {money}, misspent,
        never saw a penny, never saw ~ {money}, bought {his} own ~ copies|records|single|album, {money} ~ never turned up|came|appeared|
        returned|surfaced, never turned up, {money} ~ where, only ~ had the key, only ~ key, paid radio, paid programmers,
        paid ~ to play, payment* to radio, pay ~ dj|djs|programmers, not seen a penny, never got a penny, never seen a penny,
        seen a cent, not ~ a cent, auditor|auditors ~ found|asked|questioned, where ~ put it, {money} ~ into {his} own, out of the till,
        hand in the till, expense account, second set of books, double contract, paid twice, charged twice, bought back ~ own,
        {money} that never, out of pocket, without paying, left ~ unpaid, left ~ hotel bill, unpaid bill, could not be traced|found|
        accounted, cannot be traced, untraced, never repaid, never paid back, never gave ~ back, never returned ~ {money},
        charged {his} ~ to the {band}|album|tour|label|production|charity, at the {band} expense, at the label's expense,
        on the company's money, meant for the|{his} ~ players|musicians|band|charity|crew|singers|orchestra, sold ~ rights twice,
        sold ~ twice, paid for ~ never, never happened, income ~ to|into ~ account|company, revenues, turnover, subscription*,
        shares in, dividend*, a cut of, took a cut, took {his} cut, percentage of, cut ~ agreed, cyprus|panama|cayman|switzerland|
        liechtenstein|monaco account, offshore, into {his} own pocket|account|house|company, own pocket, double invoic*, invoice*,
        receipts, bogus, phantom, ghost employees, ghost musicians, cashed, forged cheque, crooked, dodgy deal*, creative accounting,
        accounting, bookkeep*, accountant*, treasurer*, paymaster*, cash box, petty cash, safe ~ empty, empty safe, empty account*,
        drain*, plunder*, loot*, fleec*, duped, bilk*, rooked, stiffed, short paid, underpaid, under paid, withheld, hid ~ {money},
        hidden ~ {money}, stash* ~ {money}, laundered
    """,
    "accusation": """
        accus*, alleg*, blam*, suspected of, {be} suspected, suspicion*, denied, denies ~ wrongdoing|claim*|having, denying,
        deny having, investigat*, inquiry into, complain*, scandal*, disgrac*, liar|liars, lied about, lied to, lying about, lying to,
        {be} lying, caught lying, caught stealing, caught with, claimed ~ had stolen, took credit for, take credit for,
        taking credit for, takes credit for, stole credit, forged the, forged {his}, fake|faked ~ credit*|signature, impostor*,
        hypocri*, dishonest*, corrupt*, rigg*, whistleblow*, wrongdoing, culprit, negligen*, at fault, responsible for the accident|
        death|fire|crash|collapse, betray*, sabotag*, disowned, cover up, covered up, exposed as, leaked ~ to the press, leak* ~ tapes,
        backstabb*, lip sync*, lip synch*, miming, ghost written without, exploit*, manipulat*, racist remark*, slur, slurs, smear*,
        coward*, bribe*, claims that ~ not, claim* ~ credited writer, claimed to have written, not ~ in the room, not even in,
        point* ~ finger, finger of, responsible for the leak, the leak, leaked by, behind the leak, says ~ never paid|wrote|played|sang,
        whatever the ~ said|says, so called, pretend*, posed as, lied, lies about, untrue, invented ~ story, fabricat*, misled,
        mislead*, deceiv*, deceit, trick* {his}, tricked, double cross*, broke {his} promise|word, broken promise, copied, a copy of,
        copycat, stole the, stole {his}, steals {his}, steal* ~ idea, plunder*, took {his} name, behind {his} back, without permission,
        without {his} permission|knowledge|consent, unlicensed, illegal*, unlawful*, hoax, phoney, phony, fraud, snake, traitor, judas,
        crook*, thief, on purpose, deliberately, {be} named in, named as ~ culprit|thief|source|leaker, pointed at, pointed the finger,
        thought ~ to have faked|stolen|lied|cheated|copied, believed to have, said to have, rumoured to have, rumored to have,
        supposed to have, faked, faking, faker, forgery, a forger, called a|{his} ~ fraud|liar|thief|cheat|racist|bully|coward|snake|
        rat|predator|monster|crook|hypocrite, {be} called a|{his} ~ fraud|liar|thief|cheat|racist|bully|coward|snake|rat|predator|
        monster|crook, never admitted, admitted, admits, admitting, confessed, owned up, came clean, apologis* for {his},
        apologiz* for {his}, apology for, held responsible, {be} responsible for ~ cancel*|accident|death|failure|leak|loss|collapse,
        charged {his} ~ with, wiped ~ on purpose, hid the fact, hid {his}, conceal*, secretly record*|copied|taped|sold|met, spied on,
        spying on, double life, false name, false identity, assumed name, cheat*, bought ~ votes|reviews|plays|followers|
        streams, fake plays|streams|followers|reviews, inflated, doctored, tamper*, sign* ~ away by, conflict of interest, nepotism,
        plagiar*, stole ~ melody|song|idea|riff|line|lyrics|tune|chorus|hook, stolen ~ melody|song|idea|riff|lyrics|tune,
        was his brother's, someone else's work, somebody else's, not {his} own work|song|voice|words|playing, passed ~ off as {his} own,
        ghostwrit*, ghost wrote, ghost singer
    """,
    "custody": """
        custody, child support, maintenance payments, visitation*, paternit*, fatherhood test, dna test, never acknowledged,
        did not acknowledge, denied being the father, illegitimate, love child, secret child, secret son, secret daughter,
        secret family, out of wedlock, gave ~ up for adoption, put up for adoption, adopt* out, social services, child protection,
        took ~ children away, children ~ taken away, {be} taken into care, in care, abandoned his|her|their ~ {family}, walked out on
        {his},
        deserted {his}, left {his} children|child|baby|son|daughter, over the children, see {his} children|son|daughter|kids,
        access to {his} children|son|daughter|kids, disinherit*, unborn, family court, lost {his} children|daughters|daughter|sons|son|
        kids|child, sees {his} son|daughter|children|kids|sons|daughters, every other weekend, weekends with, not allowed to see,
        raised by {his} grand*, raised ~ alone, gave up {his} ~ son|daughter|child|newborn for, adoptive, {be} adopted, adopted by|at|as,
        adopted a|his|her|their child|children|son|daughter|boy|girl|baby, biological father|
        mother, real father|mother, the father of, fathered, father of {his} child, newborn, paternal, single mother, single father,
        absent father|mother, empty chair, put in ~ care, ran away with the child*, took {his} child*|children|daughter|son ~ abroad,
        not seen his|her ~ son|daughter|children|kids|boys|girls|sons|daughters, never met his|her ~ son|daughter|children|child|father,
        never seen his|her ~ son|daughter|child|children, fighting for his|her ~ children|sons|daughters|boys|girls|kids|son|daughter,
        fought for his|her ~ children|sons|daughters|boys|girls|kids|son|daughter, took the kids|children|boys|girls|baby,
        taking the kids|children, pay for the baby|child|children, pay ~ maintenance, maintenance, proved ~ father,
        proved to be the father, blood test, the baby's father, the child's father, another man's child, unfit, unfit mother|father|
        parent*, declared unfit, court for {his} ~ children|boys|girls|sons, guardian*, ward of court, orphanage, children's home,
        raised by, brought up by {his} grand*|aunt|uncle|foster, second family, his other family, other children, children from,
        child from, child by, child with, had a child|son|daughter|baby by|with, had ~ children by|with, access to the children,
        the custody, kidnapped {his} own, stepchild*, stepson, stepdaughter, stepfather, stepmother
    """,
    "immigration": """
        deport*, immigra*, visa, visas, without papers, without documents, undocumented, refused entry, denied entry,
        refus* ~ at the border, turned back at, turned away at ~ border|airport, asylum, refugee*, work permit, residence permit,
        residency permit, green card*, overstay*, border guard*, border patrol, border police, border control, the border,
        customs officer*, customs officials, stateless, extradit*, exile*, defect|defected|defector*|defects, false passport,
        fake passport, passport ~ confiscated|seized|taken|expired, false papers, forged papers, home office, detention, detain*,
        naturalis*, naturaliz*, citizenship, repatriat*, marriage of convenience, married ~ for papers, consulate, barred from entering,
        banned from entering, barred from the country, put on a plane, reception centre|center, whether ~ may stay, may stay,
        allowed to stay, leave to remain, right to remain, right to stay, right to work, no papers, {his} papers, papers were,
        papers had, without a passport, passport, escorted to the, sent back to, flown back to, migrant*, smuggled ~ across|into|over,
        people smuggler*, hidden in a lorry|truck, crossed ~ on foot, illegal*, removal order, removal centre, camp for, embassy,
        work without, working without, officially a tourist, tourist visa, residence, settled status, fled {his}, fled from|to,
        banned ~ from returning, never ~ go home, could not go|return home, cannot go|return home, could not enter, cannot enter,
        not let in, not allowed in, stopped at the border|airport, no permission to work|stay|enter|live, permission to work|stay|enter|
        live, without permission to, sent back at|to|from the airport|border|country, {be} sent back, sent home from the airport|border,
        turned away, turned around at, under a false name, false name, residence rights, lost ~ residence|citizenship|nationality|
        passport, stripped of ~ citizenship|nationality|passport, over the mountains, by night without, crossed ~ by boat, by dinghy,
        in a container, on a raft, without a passport|visa|permit, no passport|visa|permit, forged passport*, fake papers,
        held ~ border|airport|customs|immigration, held at the|by border|airport|customs|immigration, border official*, border force,
        border agent*, passport control, officials at the, {be} held at, expelled from the country, expelled from, ordered to leave,
        ordered out of, told to leave the country, given ~ days to leave|go, days to go, days to leave, leave the country,
        left the country, banned from the country|united|states|america|britain, refused ~ visa|permit|entry|citizenship, denied ~ visa|
        permit|entry|citizenship, denied a visa, lottery for a, paper marriage, sham marriage, nationality, dual nationality,
        native land, could not return, unable to return, never went home, never return*, displaced, boat people, escape* from, escaped,
        smuggled, hid in a, hiding in, in hiding, underground for
    """,
    "relationship": """
        rumour*, rumor*, gossip*, tabloid*, paparazzi, secretly dating|dated, secretly seeing, secretly married, secret relationship,
        secret affair, secret romance, secret wedding, secret lover, secretly in love, {be} dating, dated {his}, dating {his},
        {be} seeing {his}, {be} seeing a|the|another, {be} seeing ~ {family}, romance with, {his} romance, romantically,
        romantic involvement, romantic relationship, involved with, relationship with {his} {kin}|producer|director|{colleague},
        in a relationship, were an item, {be} an item, a couple in secret, were lovers, became lovers, his|her lover, mistress*,
        a fling, fling with, one night stand, cheat* on {his}, cheated on, cheating on, cheating with, two timing, love triangle,
        more than a friend, more than friends, more than just friends, spotted leaving, seen leaving, caught kissing,
        kissing ~ {colleague}, seduc*, flirt*, crush on, obsessed with {his}, love letters to, had ~ eye on {his}, {be} linked to|with,
        hotel room with, share* a hotel room, shared a bed, same hotel room, left ~ for ~ another|actress|actor|model|dancer|
        younger man|woman|singer|actress|model, ran off with {his}, eloped, in love with {his} bandmate|producer|manager|guitarist|
        drummer|director|friend|brother|sister, word was that, word was, whisper*, said to be, fans believe ~ actor|actress|singer,
        seen with, {be} seen with, seen together, photographed with, photographed together, photographed leaving, arm in arm,
        hand in hand, holding hands, shared more than, more than music, never confirmed, neither ~ confirmed, ever confirmed,
        denied ~ romance, newlyweds, honeymoon*, married producer|man|manager|woman|director|singer, married lover, another woman,
        another man, other woman, other man, the other woman, got close, grew close, very close, special friend*, constant companion,
        house guest, spent the night with, spent the night, stayed the night, weekend with, inseparable, soft spot, sweet on, wooed,
        courted, engaged to, engagement, love note*, love letters, kissed, kiss with, affair, tryst*, rendezvous, dalliance, infatuat*,
        obsess* with|over, linked with {his}, linked with a, linked romantically, sleeping with, slept with, thought to be sleeping,
        seen kissing, kissing the, kissing {his}, kissing a, kiss, shared a room, share a room, share* ~ room with, shared a house,
        shared a flat|apartment, living with {his} {colleague}, lived with {his} {colleague}, moved in with, believed to have loved,
        said to have loved, secretly loved, loved his|her ~ {colleague}, loved {his} {colleague}, in love with the|a|another,
        second household, second home with, two households, double life, carrying on with, carried on with, on the side,
        bit on the side, left ~ for the|a ~ {colleague}|saxophonist|dancer|model|actress|actor, left her ~ husband for,
        left his ~ wife for, ran away with, run away with, his type, her type, went home with, going home with, took ~ home,
        pick up girls, picked up girls|boys|women|men, womanis*, womaniz*, ladies man, playboy, man eater, heart breaker,
        conquest*, ex lover*, old flame, an old flame, past lover*, admirer, admirers, courtship, betroth*, broken engagement,
        called off, shared bed, hotel corridor, adjoining rooms, balcony kiss, photographs of the two, holidayed together,
        holiday together, holidays together, dinner for two, candlelit, {his} muse and, private life, love life, sex life, their
        intimacy, intimate relationship|friend|moments with,
        personal life, love nest, close friendship, close friend of, more to it, something going on, going on between,
        {be} together in secret, in secret, secretly
    """,
}
