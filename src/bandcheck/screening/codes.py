"""
What each reason code of a screening means, beside those of a verdict. `bandcheck rule BC503` prints an entry.

BC1 identity, BC2 bands, BC3 voice and emergency calls, BC4 certification by the host, BC5 authorisation by the brand,
BC6 regulator, BC7 claims of the listing, BC8 software, BC9 seller. Codes are stable: a meaning may be made more
precise, never reused.
"""

from __future__ import annotations

from bandcheck.matching.codes import Code

SCREEN_CODES: dict[str, Code] = {
    "BC110": Code(
        "One radio",
        "The listing names one version of the phone, or all versions of it have the same known answer.",
        "What follows is about the thing that is sold.",
    ),
    "BC111": Code(
        "Model number open",
        "The name stands for several versions, and they differ or are not all known.",
        "Two phones in the same box can have different radios. The model number on the box tells them apart.",
    ),
    "BC112": Code(
        "Phone not known",
        "No phone in the data answers to the listing.",
        'This is not a "no": there are no facts about it here. A model number may find it, or its bands can be added.',
    ),
    "BC113": Code(
        "Maybe no phone",
        "The listing reads like one of something for a phone: a case, a screen, a battery.",
        "Accessories need no bands. If it is a phone after all, its model number says so.",
    ),
    "BC114": Code(
        "Listing contradicts itself",
        "Two parts of the listing name different phones.",
        "One of them is wrong, so whatever is checked may be about another phone than the one that is shipped.",
    ),
    "BC115": Code(
        "Several readings",
        "More than one phone fits the listing, or the listing names several.",
        "Nothing is checked on a guess.",
    ),
    "BC240": Code(
        "Meets the minimum",
        "Every version reaches the policy's minimum on the carrier's networks, now and for the policy's horizon.",
        "It is what the bands give; coverage may have gaps.",
    ),
    "BC241": Code(
        "Below the minimum",
        "No version of the phone can reach the policy's minimum on a network that the policy asks for.",
        "The buyer pays for 4G and gets less. No setting or SIM changes that.",
    ),
    "BC242": Code(
        "Below the minimum soon",
        "A switch-off that is already known takes the phone below the policy's minimum within its horizon.",
        "A phone sold today is used for years.",
    ),
    "BC243": Code(
        "Minimum not certain",
        "The facts leave open whether the phone reaches the policy's minimum.",
        "It is neither a yes nor a no; the model number or a source for the bands settles it.",
    ),
    "BC244": Code(
        "Network not recorded",
        "Nobody recorded on whose network the carrier's customers are.",
        "Without the host's bands there is nothing to compare.",
    ),
    "BC320": Code(
        "Calls work",
        "The phone can call on the carrier's networks on that day and for the policy's horizon.",
        "Over 2G or 3G, or over 4G where that is documented.",
    ),
    "BC321": Code(
        "No calls",
        "The phone has no way to call on a network that the policy asks for.",
        "Data may still work. The dialler, and with it emergency calls, does not.",
    ),
    "BC322": Code(
        "No calls soon",
        "A switch-off that is already known ends the phone's calls within the policy's horizon.",
        "A phone sold today is used for years.",
    ),
    "BC323": Code(
        "Calls not known",
        "The facts leave open whether the phone can call on the carrier's networks.",
        "VoLTE is per carrier and per phone: many phones with the right bands cannot call.",
    ),
    "BC324": Code(
        "No emergency calls",
        "A documented rule says that this phone's emergency calls do not work here.",
        "Lives hang on it.",
    ),
    "BC325": Code(
        "Emergency calls not recorded",
        "Nothing is recorded about emergency calls of this phone here.",
        "Calls that work say nothing certain about emergency calls.",
    ),
    "BC410": Code(
        "Certified for sale",
        "The host certified the phone for sale on its network, by a dated source.",
        "Certification for sale is not the same as letting a customer's own phone in.",
    ),
    "BC411": Code(
        "Certification refused",
        "The host said that it does not certify the phone.",
        "Selling it on the host's network breaks the MVNO's terms, whatever its bands.",
    ),
    "BC412": Code(
        "Not tested by the host",
        "The host said that it had not tested the phone. That settles nothing.",
        "Not tested is not refused, and never a pass.",
    ),
    "BC413": Code(
        "No record of certification",
        "No source says that the host certified, refused or tested the phone.",
        "Hosts usually certify what is sold on their network, an MVNO's phones too.",
    ),
    "BC501": Code(
        "Authorised by the brand",
        "The brand said that this seller, or any seller in the country, may sell the phone.",
        "The brand's own word, dated.",
    ),
    "BC502": Code(
        "No record of authorisation",
        "No source says that the brand authorises this sale, or that it does not.",
        "No evidence is not a denial, and not a yes. A distributor's own word does not count.",
    ),
    "BC503": Code(
        "Denied by the brand",
        "The brand said that this seller is not authorised.",
        "Whoever lists it next answers to the brand, and to the press.",
    ),
    "BC601": Code(
        "No record of equipment authorisation",
        "No record of the regulator's grant for this model. A number in the listing is the seller's word.",
        "Radio equipment may in many countries not be offered for sale without one. This is not legal advice.",
    ),
    "BC602": Code(
        "Equipment authorised",
        "The regulator granted an authorisation for this model, by a dated source.",
        "It is about the model, not about the unit that is shipped.",
    ),
    "BC603": Code(
        "Equipment not authorised",
        "The regulator refused, withdrew or does not have an authorisation for this model, by a dated source.",
        "It may not be offered for sale.",
    ),
    "BC604": Code(
        "Another grant",
        "The listing names another grant than the one that is recorded for the model.",
        "One of the two belongs to another phone.",
    ),
    "BC700": Code(
        "Claims checked",
        "Nothing that the listing says is contradicted by the facts.",
        "What no fact touches is not checked.",
    ),
    "BC701": Code(
        "Generation claimed",
        "The listing promises a generation that the phone cannot reach on this carrier.",
        "It may be true elsewhere. On this carrier it misleads.",
    ),
    "BC702": Code(
        "Official claimed",
        "The listing says that the sale is official or authorised, and the brand denies it.",
        "Press and buyers repeat such words.",
    ),
    "BC703": Code(
        "Version claimed",
        "The listing says that it is one country's version, and the version that it names is not sold there.",
        "Bands, software and warranty go by the version.",
    ),
    "BC704": Code(
        "Every carrier claimed",
        "The listing says that it works with every carrier, and on this one it falls short of the policy's minimum.",
        '"Unlocked" is about locks, not about bands.',
    ),
    "BC705": Code(
        "Bands claimed",
        "The listing names bands that the phone is known not to have.",
        "Copied from another version's sheet, most often.",
    ),
    "BC706": Code(
        "Certification claimed",
        "The listing says that the carrier certified the phone, and the carrier denies it.",
        "Only the carrier's own word counts.",
    ),
    "BC709": Code(
        "Claim not settled",
        "The listing claims something that no recorded fact confirms or contradicts.",
        "A seller's word is no evidence.",
    ),
    "BC801": Code(
        "Google services recorded",
        "A source says that Google's services come with this model.",
        "Maps, the shop and most banking apps need them.",
    ),
    "BC802": Code(
        "No Google services",
        "A source, or the listing itself, says that the software is made for a market without Google's services.",
        "Most apps from Google's shop will not run as bought.",
    ),
    "BC803": Code(
        "Software not recorded",
        "Nobody recorded whether Google's services come with this model.",
        "Versions for China usually come without.",
    ),
    "BC900": Code(
        "Seller not checked",
        "Nothing stands out in price, seller and condition; none of them was checked.",
        "bandcheck reads listings. It does not check whether a unit is genuine, nor who sells it.",
    ),
    "BC901": Code(
        "Third party",
        "Somebody other than the shop sells or ships it.",
        "Returns, warranty and import duties are theirs. bandcheck does not check sellers.",
    ),
    "BC902": Code(
        "Warranty",
        "The listing speaks of an import without the maker's warranty.",
        "The shop will be asked.",
    ),
    "BC903": Code(
        "Price",
        "The price cannot be read, or is not one that a phone has.",
        "A placeholder or a typing error goes public with the rest.",
    ),
    "BC904": Code(
        "Genuineness claimed",
        "The listing says that the phone is genuine.",
        "bandcheck does not check whether a unit is genuine; nobody can from a listing.",
    ),
    "BC905": Code(
        "Not new",
        "The listing says that the phone is used or refurbished.",
        "It may have been locked, blocked or re-flashed.",
    ),
}
