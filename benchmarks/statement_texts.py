"""Invented sentences of which `benchmarks.statement_groups` makes its articles.

``{we|they}`` is the direct and the indirect form; ``<mend~put right>`` are words that
may stand in each other's place; ``[in May]`` may be left out; ``(sold to strangers)``
may stand in quotation marks alone; a cue may part a statement at ``/``; ``//`` parts
its sentences. ``HELD_OUT`` was written together with ``DEVELOPMENT``, before the
measure was run on either, and is for one scoring.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """What one half of the set is made of; a person is name, office, body, pronoun."""

    outlets: tuple[str, ...]
    towns: tuple[str, ...]
    days: tuple[str, ...]
    people: tuple[tuple[str, str, str, str], ...]
    cues: tuple[str, ...]
    quoting: tuple[str, ...]
    parting: tuple[str, ...]
    reporting: tuple[str, ...]
    presenting: tuple[str, ...]
    narration: tuple[str, ...]
    remarks: tuple[str, ...]
    statements: tuple[str, ...]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


def _blocks(text: str) -> tuple[str, ...]:
    return tuple(" ".join(block.split()) for block in text.strip().split("\n\n"))


DEVELOPMENT = Texts(
    outlets=("Daily", "Herald", "Courier", "Gazette", "Observer", "Tribune"),
    towns=("Farrow", "Ostley", "Brennick", "Calder Sound", "Winmouth", "Tarrisk"),
    days=("Monday", "Tuesday", "Wednesday", "Thursday"),
    people=(
        ("Ann Orr", "the mayor", "the town council", "she"),
        ("Ben Lisle", "the harbour master", "the harbour board", "he"),
        ("Clara Venn", "the health secretary", "the health ministry", "she"),
        ("Dominic Hale", "a union leader", "the dockers' union", "he"),
        ("Edith Marlow", "the head teacher", "the school board", "she"),
        ("Felix Thorne", "the chief engineer", "the railway company", "he"),
        ("Greta Solberg", "an opposition senator", "the opposition party", "she"),
        ("Hugo Penrose", "the finance minister", "the treasury", "he"),
        ("Ivy Caldwell", "the chief inspector", "the police", "she"),
        ("Jonas Wendt", "a farmers' spokesman", "the farmers' league", "he"),
    ),
    cues=("said", "warned", "argued", "insisted", "stressed", "noted"),
    quoting=_lines(
        """
        “{S},” {cue} {name}, {office}.
        “{S},” {name}, {office}, {cue} on {day}.
        {name} {cue}: “{S}.”
        {name}, {office}, told reporters: “{S}.”
        {name}, {office}, came late to the meeting. “{S},” {pron} {cue}.
        Behind the table sat {name}, {office}. "{S}," {last} {cue}.
        "{S}," {cue} {name}.
        """
    ),
    parting=_lines(
        """
        “{L},” {cue} {name}, {office}, “{R}.”
        "{L}," {name} {cue}, "{R}."
        """
    ),
    reporting=_lines(
        """
        {name}, {office}, {cue} that {s}.
        {S}, according to {name}, {office}.
        {S}, {name} {cue}.
        {name} {cue} {s}.
        {name}, {office}, came late to the meeting. {Pron} {cue} that {s}.
        {name} told reporters that {s}.
        """
    ),
    presenting=_lines(
        """
        {name}, {office}, {cue} that {m}.
        {M}, {cue} {name}.
        {name} {cue} {m}.
        """
    ),
    narration=_lines(
        """
        Several hundred people gathered in {town} on {day} to hear about {topic}.
        The debate on {topic} has divided {town} since the spring.
        Rain fell for most of the afternoon, and the hall was half empty by six.
        A vote on {topic} is expected before the end of the month.
        Nobody from the ministry could be reached for comment on {day} night.
        The plan was first put forward four years ago and has been revised twice.
        A report on {topic}, seen by this newspaper, runs to ninety pages.
        Outside, a brass band played, and children sold lemonade to the crowd.
        Traders in {town} closed their shops at noon on {day}.
        The last meeting about {topic} ended without a decision.
        Neighbouring towns have watched the quarrel with growing unease.
        Roads around {town} were blocked until late in the evening.
        """
    ),
    remarks=_lines(
        """
        I have nothing to add to the letter that was sent out last week
        My grandmother would have laughed at all of this
        There will be coffee for everybody who stays to the end
        We have heard that song before, and it ended badly
        It was a long evening, but a useful one for the committee
        I was born two streets from here and I am not leaving
        Ask the accountants, because I stopped counting in February
        You cannot feed a family on promises made in an election year
        That question should be put to my predecessor, not to me
        We shall read every page before anybody signs it
        The figures were wrong in the first draft, and I apologised for that
        Somebody has to turn off the lights when the party is over
        """
    ),
    statements=_blocks(
        """
        the harbour lease | The [old] harbour {will|would} <never~not> be (sold to
        strangers from the capital) / while {we sit|they sat} [on this council] //
        Every boat in {our|their} fleet {pays|paid} its fair share of the dredging

        street lighting | {We counted|They had counted} nineteen <broken~smashed>
        lamps along the northern quay / and [so far] the contractor
        (<ignored~brushed aside> every letter) about repairs

        the hospital ward | (Closing the maternity ward) {will|would} <force~oblige>
        mothers to travel sixty miles [over a mountain pass] / in the middle of
        <winter~the snow season>

        the ferry timetable | The evening ferry {carries|carried} more nurses than
        tourists / and [frankly] (cancelling it punishes the wrong passengers) on
        <both~the two> islands

        school meals | A <warm~hot> lunch {costs|cost} less than a single textbook /
        yet pupils in [the poorest] villages {go|went} <hungry~without food> (until
        four in the afternoon)

        the railway tunnel | Engineers {found|had found} <deep~serious> cracks in
        the tunnel lining [last autumn] / and (the operator kept running freight
        trains) under the river <regardless~as before>

        grain prices | Imported grain {has|had} <halved~cut by half> what growers
        {earn|earned} for barley / and [many] family farms {will|would} (not survive
        another harvest) like this <one~last one>

        the police inquiry | The inquiry {will|would} <examine~look into> every
        recording made inside the station [that night] / including those (officers
        tried to erase) before <dawn~sunrise>

        the new airport | A second runway {brings|brought} noise to forty thousand
        bedrooms / and <profit~money> to [perhaps] three (shareholders who live
        abroad) in <tax havens~Switzerland>

        the budget | The budget {borrows|borrowed} from pensioners to
        <flatter~please> motorists / and {leaves|left} a hole of two billion crowns
        [by next summer] (for somebody else to fill)

        the dam | The dam {was|had been} <inspected~checked> in September by two
        independent firms / and (neither recommended lowering the water) [in the
        reservoir] before <spring~the thaw>

        fishing quotas | Foreign trawlers {take|took} <most~the bulk> of the
        mackerel inside {our|their} waters / while local crews {sit|sat} [idle] in
        port (mending nets they cannot use) <all summer~for months>

        the museum roof | The museum roof {leaks|leaked} above
        <priceless~irreplaceable> medieval tapestries / and [the] buckets
        {stand|stood} (where visitors used to admire the ceiling) // No ministry
        {has|had} offered a single crown for scaffolding

        bus drivers | Drivers {work|worked} thirteen hours with <one~a single> break
        / and (fall asleep at the wheel) [of double-decker buses] on <icy~frozen>
        motorways

        the prison | Overcrowding {turned|had turned} the prison into a
        <school~training ground> for burglars / and [every] governor since the flood
        {has|had} (asked for fewer inmates) in <vain~their reports>

        drinking water | Lead pipes {still|still} <poison~contaminate> drinking
        water in eleven primary schools / because [successive] administrations
        (preferred ribbon cutting to plumbing) in poor <districts~quarters>

        the peace talks | The delegation {will|would} <leave~walk away from> the
        talks tomorrow / unless both armies {withdraw|withdrew} artillery [from the
        demilitarised valley] (beyond the range of villages) by <midnight~twelve>

        the library | A library {is|was} <cheaper~less costly> than the loneliness
        it prevents / and [those] volunteers (kept the reading room open) through
        <two~both> epidemics // Closing it {saves|saved} barely enough for a
        roundabout

        the vaccine | The vaccine {arrived|had arrived} three weeks <late~behind
        schedule> / because customs officers [at the border] (demanded stamps that
        no longer exist) from every <lorry~truck>

        wind turbines | Turbines on the ridge {will|would} <power~light> sixty
        thousand homes / and (pay for a new village hall) [with solar heating]
        within <five years~half a decade>

        the stadium | Public money {built|had built} the stadium, and a
        <billionaire~tycoon> {collects|collected} the rent / while [amateur] clubs
        (train on a flooded car park) behind the <brewery~gasworks>

        asylum seekers | Families [with small children] {sleep|slept} in a
        <disused~derelict> tax office / and {have|had} waited nine months (for a
        single interview) with a <caseworker~lawyer>

        flood defences | The river {rises|rose} faster than any <model~forecast>
        predicted / and (sandbags bought in the eighties) [from army surplus]
        {are|were} rotting in a <shed~barn>

        teachers' pay | Teachers {lost|had lost} a fifth of their <salary~pay> in
        ten years / and now [openly] (leave for supermarkets that pay overtime)
        before <Christmas~the holidays>

        the data leak | Hackers {copied|had copied} the medical files of <two
        hundred~several hundred> patients / and [the] regulator {learned|had
        learned} about it (from a newspaper rather than the hospital) in
        <June~summer>

        the bridge toll | A toll on the bridge {will|would} <hurt~hit> cleaners who
        cross it before sunrise / and [barely] (touch the bankers who caused the
        deficit) at <all~any time>

        the forest fire | Firefighters [from nine counties] {saved|had saved} the
        monastery with <minutes~moments> to spare / although (two of their three
        pumps failed) during the <night~second night>

        the mine | The company {promised|had promised} to <clean~restore> the valley
        once the seam was exhausted / and then [quietly] (dissolved itself on a
        Friday afternoon) to escape the <bill~costs>

        the tram strike | A tram strike {is|was} the <last~only> language this
        management understands / after eighteen months of [polite] letters (that
        nobody bothered to open) at <headquarters~head office>

        the river port | Containers full of <toxic~poisonous> batteries
        {stand|stood} forty metres from a kindergarten / and [the] inspectors
        (measured nothing but the fence) around the <terminal~depot>

        hill farmers | Wolves {killed|had killed} four hundred ewes <above~near> the
        upper pastures / and [so-called] experts (advise shepherds to buy trumpets)
        instead of <rifles~dogs>

        the election | Postal ballots from <six~half a dozen> island districts
        {were|had been} counted twice / and [once more] the totals (matched to the
        last envelope) in front of <observers~witnesses>

        rent control | Landlords {raised|had raised} rents by a third before the
        <freeze~cap> took effect / and tenants [in older buildings] {will|would}
        (carry that increase for life) unless parliament <acts~intervenes>

        the tax office | An amnesty {rewards|rewarded} those who <hid~concealed>
        fortunes in foreign banks / and (mocks every plumber who paid honestly)
        [year after year] since the <war~reform>

        the steelworks | The furnace {can|could} be relit within <eleven~twelve>
        days / if the ministry {guarantees|guaranteed} gas [at last year's price]
        (until the Korean order is delivered) in <March~April>

        the choir school | Boys at the choir school {were|had been} <beaten~caned>
        for singing flat / and [several] bishops (knew about the locked rehearsal
        room) for <decades~a generation>
        """
    ),
)

HELD_OUT = Texts(
    outlets=("Chronicle", "Messenger", "Sentinel", "Post", "Examiner", "Star"),
    towns=("Kelverton", "Marsh End", "Ruddock", "Aldersea", "Quillan", "Northwold"),
    days=("Friday", "Saturday", "Sunday", "Wednesday"),
    people=(
        ("Katrin Moss", "the port director", "the port authority", "she"),
        ("Leo Brandt", "the housing minister", "the housing department", "he"),
        ("Mira Castell", "a campaigner", "the tenants' association", "she"),
        ("Niall Drummond", "the fire chief", "the fire service", "he"),
        ("Olive Tran", "the chief surgeon", "the hospital", "she"),
        ("Piers Lockhart", "the party chairman", "the conservative party", "he"),
        ("Queenie Abbott", "the museum director", "the museum trust", "she"),
        ("Rasmus Vik", "the foreign minister", "the foreign ministry", "he"),
        ("Sara Quist", "the opposition leader", "the labour movement", "she"),
        ("Tobias Engel", "a professor of law", "the university", "he"),
    ),
    cues=("said", "claimed", "declared", "explained", "maintained", "told reporters"),
    quoting=_lines(
        """
        “{S},” {name} {cue}.
        "{S}," {cue} {name}, who is {office}.
        In a statement on {day}, {name} {cue}: "{S}."
        {office_cap}, {name}, {cue}: “{S}.”
        Applause greeted {name} on {day}. “{S},” {last} {cue}.
        It was left to {name}, {office}, to reply. "{S}," {pron} {cue}.
        """
    ),
    parting=_lines(
        """
        “{L},” {name}, {office}, {cue}, “{R}.”
        "{L}," {cue} {name}, "{R}."
        """
    ),
    reporting=_lines(
        """
        {name} {cue} on {day} that {s}.
        According to {name}, {office}, {s}.
        {S}, {cue} {name}, {office}.
        {office_cap}, {name}, {cue} that {s}.
        Applause greeted {name} on {day}. {Pron} {cue} {s}.
        In a statement, {name} {cue} {s}.
        """
    ),
    presenting=_lines(
        """
        {name} {cue} on {day} that {m}.
        {M}, {name}, {office}, {cue}.
        In a statement, {name} {cue} {m}.
        """
    ),
    narration=_lines(
        """
        Supporters and opponents of {topic} faced each other in {town} on {day}.
        For three years, hardly a week has passed in {town} without news of {topic}.
        The cathedral bells rang, and the procession moved slowly towards the river.
        Officials refused to say how much has been spent on {topic} so far.
        A spokesman did not return calls placed on {day} morning.
        The dispute goes back to a contract signed under the previous government.
        Opinion polls suggest that most residents have yet to make up their minds.
        Two people were treated for minor injuries, and one arrest was made.
        The hearing on {topic} resumes in a fortnight.
        Hotels in {town} are fully booked until the weekend.
        Copies of the agreement were handed out at the door.
        Television cameras waited outside until long after dark.
        """
    ),
    remarks=_lines(
        """
        I came here to listen and I have learned a great deal
        Nobody warned us that the microphones were still switched on
        My door is open every morning from eight
        You will have to wait for the minutes like everyone else
        We are tired, but we are not finished
        I would rather lose the vote than my temper
        The weather did more for us than the lawyers
        There are days when silence is the better answer
        History will be kinder to us than tonight's headlines
        A promise like that is worth the napkin it was written on
        We have packed sandwiches and we can stay all night
        I keep that letter in a frame above my desk
        """
    ),
    statements=_blocks(
        """
        the container port | Dredging the channel {will|would} <destroy~wipe out>
        oyster beds that fed this coast [for centuries] / and (enrich a single
        shipping line) registered in <Panama~Liberia>

        social housing | {We have|They had} <planned~promised> nine thousand council
        flats [by the autumn] / and {we|they} (refuse to apologise for building
        upwards) in a crowded <city~capital> // Every crane on the skyline {is|was}
        a family leaving a damp basement

        the eviction ban | Bailiffs {changed|had changed} the locks while tenants
        [and their children] {were|had been} at a <funeral~wedding> / and the judge
        (signed the papers without reading them) over <lunch~the telephone>

        the warehouse fire | The sprinklers {were|had been} <switched
        off~disconnected> to save money on insurance / and crews [from four
        stations] (found the emergency exits chained) from the <outside~inside>

        organ transplants | Surgeons {cancelled|had cancelled} thirty-one
        transplants because of a <shortage~lack> of theatre nurses and not of donors
        / and [two] patients {have|had} (died waiting in the corridor) since
        <Easter~spring>

        the party conference | The leadership {stole|had stolen} the agenda from
        <ordinary~rank-and-file> delegates / and [then] (served them biscuits
        instead of ballots) on the final <afternoon~day>

        looted bronzes | The bronzes {belong|belonged} to the kingdom whose palace
        {was|had been} <burned~sacked> in 1897 / and [no] (glass case in a northern
        museum) {makes|made} that theft <legal~respectable>

        the border crossing | The crossing {stays|would stay} <closed~shut> until
        the sniper fire stops [completely] / and (no third country decides that) on
        behalf of {our|their} <soldiers~conscripts>

        child benefit | Child benefit {has|had} lost a quarter of its <value~worth>
        since the crash / and ministers [with private nannies] (lecture mothers
        about porridge) on breakfast <television~radio>

        the surveillance law | The surveillance bill {lets|let} an <official~agent>
        read any citizen's letters without a warrant / and [it] (abolishes the only
        court that objected) to earlier <abuses~excesses>

        the salmon farms | Sea lice from the salmon cages {have|had} <killed~wiped
        out> wild trout in seven rivers / and the [royal] inspectorate (warns the
        companies before each visit) by <post~fax>

        night trains | Sleeper carriages {were|had been} <scrapped~sold off> eight
        months before demand tripled / and {we|they} now {rent|rented} [rusty] ones
        (from a circus in the south) at double the <price~cost>

        the orchestra | The orchestra {plays|played} to full houses in a hall
        without <heating~warmth> / while [cultural] bureaucrats (commission studies
        about its future) every <winter~season>

        nuclear waste | Barrels buried under the salt dome {are|were}
        <corroding~rusting> faster than the geologists admit / and [the] groundwater
        {will|would} (carry caesium into the vineyards) within a
        <generation~lifetime>

        the cable car | A cable car over the gorge {will|would} <bring~attract> half
        a million visitors to a village of ninety / and (chase the last eagles)
        [from their nests] within one <season~summer>

        the pension fund | The pension fund {gambled|had gambled} on <shopping
        centres~cryptocurrencies> in deserts / and postmen [near retirement]
        {will|would} (pay for the bonfire) with their <savings~old age>

        the drone strike | The drone {hit|had hit} a <wedding~birthday> party in the
        hills rather than a convoy / and the coalition (took eleven days to admit)
        [in a footnote] that it <aimed~fired> there

        dairy prices | Supermarkets {sell|sold} milk below the cost of
        <bottling~producing> it / and [gently] (invite dairy families to diversify)
        into <yoga~pottery> weekends

        the refugee boats | Coastguards {watched|had watched} the dinghy
        <drift~float> for seven hours before launching a rescue / and [official]
        logs (describe the sea as empty) during that <night~watch>

        the castle hotel | The castle {was|had been} given to the nation, not to a
        <hotel chain~casino operator> / and [its] gardens {must|had to} (stay free
        for every schoolchild) who <wants~wishes> to picnic

        bee deaths | Beekeepers {lost|had lost} two thirds of their hives after the
        <spraying~pesticide> / and laboratories [paid by the manufacturer] (blame
        the weather and the moon) for <everything~it>

        ambulance delays | An ambulance [from the coast] {needs|needed}
        <ninety~eighty> minutes to reach the moorland farms / and (hearts do not
        wait that long) for any <reorganisation~reform> // Volunteers with a van
        {do|did} it in half that time

        the chess scandal | The federation {knew|had known} about the
        <hidden~concealed> earpiece before the semi-final / and [still] (gave him
        the trophy) in front of the <sponsors~ambassadors>

        prison labour | Prisoners {sew|sewed} uniforms for <forty~thirty> pence an
        hour / while the contractor {sells|sold} them [to hospitals] (at the price
        of a tailored suit) from <Paris~Milan>

        the canal | Barges {carry|carried} gravel for a motorway through the
        <quietest~loveliest> canal in the province / and anglers [who complained]
        (received bills for obstruction) from the <ministry~county>

        online betting | Betting firms {track|tracked} the moment a gambler's
        <wages~salary> arrive / and [then] {send|sent} a free spin (before the rent
        is paid) on the first of the <month~quarter>

        volcano warnings | The seismographs {gave|had given} four hours of
        <warning~notice> before the crater opened / and (nobody picked up the
        telephone) in the [provincial] governor's <office~palace>

        the opera house | Acoustics in the opera house {are|were} <ruined~spoiled>
        by a cooling system for advertising screens / and the soprano [last night]
        (sang against a refrigerator) for three <acts~hours>

        the language law | Pupils {will|would} be <fined~punished> for speaking
        their grandmothers' language in the playground / which (even the occupation
        never dared) [to demand] of <children~anybody>

        hedgerows | Farmers {ripped|had ripped} out hedgerows because the
        <subsidy~grant> measured bare soil / and now [the same] officials (pay them
        to plant hazel) along the <ditches~lanes>
        """
    ),
)
