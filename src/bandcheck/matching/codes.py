"""
What each reason code means. `bandcheck rule BC201` prints an entry.

BC0 dates and evidence, BC1 identity, BC2 bands and coverage, BC3 calls, BC4 acceptance. Codes are stable: a meaning
may be made more precise, never reused.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """
    A reason code.

    Attributes:
        title: A few words.

        meaning: What it says about this phone on this carrier.

        why: Why it matters.
    """

    title: str
    meaning: str
    why: str


CODES: dict[str, Code] = {
    "BC001": Code(
        "Sources disagree",
        "Sources say different things about a fact that the answer rests on. What all say counts as certain, what any says as possible.",
        "One of them is wrong, and nobody here knows which. Both are kept and shown.",
    ),
    "BC002": Code(
        "Old facts",
        "No source has seen the deciding bands (those in common, or where there are none, any of the carrier's) within the last twelve months before the day asked about.",
        "Networks change. The older the last sighting, the likelier that something was switched off or moved since.",
    ),
    "BC003": Code(
        "Announced end",
        "A switch-off was announced for a day that has passed, and no source saw it happen.",
        "It counts as done, since announced switch-offs are planned on; but some were moved more than once.",
    ),
    "BC004": Code(
        "Known by rule",
        "Nobody states the fact, but it is certain by rule: no NR before 2019, no LTE before 2009, no CDMA on a full sheet that lists GSM and UMTS alone.",
        "Otherwise every old phone would be 'maybe 5G'.",
    ),
    "BC101": Code(
        "Merged sheet",
        "The only band list known for this phone merges several versions. It bounds each of them and promises nothing for one.",
        "A band that one version has may be missing in yours. The model number settles it, once a source gives bands for it.",
    ),
    "BC102": Code(
        "Host by later statement",
        "Whose network the MVNO sold on that day is not recorded; the earliest statement after it is used.",
        "MVNOs change hosts. The answer may be about the wrong network.",
    ),
    "BC103": Code(
        "Other hosts possible",
        "The statement of whose networks the MVNO sells on that day may leave out others.",
        "On a network that it leaves out the answer may be better or worse.",
    ),
    "BC104": Code(
        "Not out yet",
        "The phone was first sold, or announced, after the day asked about.",
        "The answer says what its bands would have given.",
    ),
    "BC105": Code(
        "Old host statement",
        "The newest statement of whose network the MVNO sells, on or before that day, is older than two years.",
        "MVNOs change hosts. The older the statement, the likelier that the answer is about the wrong network.",
    ),
    "BC201": Code(
        "No band in common",
        "Phone and carrier both have this generation, on different bands.",
        "A phone hears only the bands that its radio was built for. No setting or SIM changes that.",
    ),
    "BC202": Code(
        "Bands in common",
        "The carrier runs this generation on bands that the phone has.",
        "One such band is enough to get service where the carrier uses it; coverage tells how far that reaches.",
    ),
    "BC203": Code(
        "In by a broadcast band number",
        "The phone lacks the cell's own band, but the carrier's cells also broadcast the number of an overlapping band that it has (MFBI).",
        "Documented for this carrier. A phone that does not read the further numbers (FGI 31) stays out.",
    ),
    "BC204": Code(
        "Overlapping band",
        "The phone has a band that overlaps the carrier's, and nobody says whether the carrier broadcasts it.",
        "Overlap is not attachment: a phone goes by the band number that a cell names. Only the carrier or a test on the spot settles it.",
    ),
    "BC205": Code(
        "Phone's bands not known",
        "No source says for certain which bands of this generation the phone has.",
        "It is neither a yes nor a no.",
    ),
    "BC206": Code(
        "Carrier's bands not certain",
        "No source says for certain that the carrier ran this band on that day.",
        "It was seen only later, or the source names a frequency that several bands share.",
    ),
    "BC207": Code(
        "Only a helper band in common",
        "The bands in common only add speed to another band: downlink only, uplink only, licence assisted.",
        "A phone cannot register on them, so they give no service by themselves.",
    ),
    "BC208": Code(
        "Not on air",
        "The carrier does not run this generation on that day.",
        "It was not launched yet, was switched off, or was never built.",
    ),
    "BC209": Code(
        "Not in this phone",
        "The phone has no radio for this generation.",
        "Nothing that the carrier builds changes that.",
    ),
    "BC210": Code(
        "5G without a way in",
        "The phone has the carrier's 5G band, but neither LTE to enter with (non-standalone) nor a standalone network with a phone that does standalone.",
        "Non-standalone 5G is reached through LTE: without an LTE band in common there is none.",
    ),
    "BC211": Code(
        "Overlap that does not help",
        "A band of the phone overlaps the carrier's band, but not its spectrum block, or the carrier is known not to broadcast it.",
        "The classic case is B17 on a band 12 network in the A block: the frequencies lie outside B17.",
    ),
    "BC221": Code(
        "Core band missing",
        "The phone lacks a band that the carrier builds this generation on.",
        "Expect no service, or slow service, where only that band is on air.",
    ),
    "BC222": Code(
        "Coverage band missing",
        "The phone lacks every far-reaching band that the carrier uses for this generation.",
        "Expect gaps indoors and out of town.",
    ),
    "BC223": Code(
        "In places only",
        "The bands in common are on air in some markets or spots only.",
        "Whether it serves you depends on where you are.",
    ),
    "BC224": Code(
        "Roles inferred",
        "Nobody recorded which of the carrier's bands carry coverage; bands below 1 GHz are taken to.",
        "Low frequencies reach further. It is a rule of thumb, and marked as one.",
    ),
    "BC225": Code(
        "mmWave only",
        "The only 5G bands in common lie above 24 GHz.",
        "They reach a street corner or a stadium, not a town.",
    ),
    "BC226": Code(
        "Another network reaches further",
        "The carrier's other technology covers places that this one does not, and the phone cannot use it.",
        "Out there the phone has no service, whatever its bands.",
    ),
    "BC231": Code(
        "Runs out",
        "A switch-off that is already known makes the answer worse on a later day.",
        "A phone bought today is used for years.",
    ),
    "BC301": Code(
        "Calls over 4G",
        "The phone is documented to do VoLTE on this carrier.",
        "Calls go on when 2G and 3G are off.",
    ),
    "BC302": Code(
        "Calls over 2G or 3G",
        "Calls go over a circuit-switched network that is still on air on that day.",
        "They end when it is switched off.",
    ),
    "BC303": Code(
        "No calls",
        "No circuit-switched network is left that the phone could use, and it does no VoLTE here.",
        "Data may still work. Apps can call; the dialler cannot.",
    ),
    "BC304": Code(
        "Calls not known",
        "No circuit-switched network is certain, and nobody recorded whether the phone does VoLTE on this carrier.",
        "VoLTE is per carrier, not per phone: many phones with the right bands cannot call.",
    ),
    "BC311": Code(
        "Emergency calls",
        "A documented rule about emergency calls is about this phone.",
        "Lives hang on it; a plan for calls is not a plan for emergencies.",
    ),
    "BC401": Code(
        "Refused by the carrier",
        "A source documents that the carrier refuses this phone, or its class, on that day.",
        "Then the phone gets nothing there, whatever its bands.",
    ),
    "BC402": Code(
        "Conditions",
        "The carrier lets phones in under conditions, and nobody recorded whether this one meets them.",
        "Ask the carrier with the IMEI before you buy. The radio answer stands.",
    ),
    "BC403": Code(
        "Accepted by the carrier",
        "A source documents that the carrier accepts this phone.",
        "Acceptance can be taken back; it is dated.",
    ),
}
