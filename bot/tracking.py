"""Parameters of addresses that say how a reader came, never what is read; for whoever cleans an address or compares two."""

from __future__ import annotations

import re

_FAMILIES = r"(?:utm|pk|mtm|piwik|mc|hsa|oly|vero|ns|itm|stm|at|ga|fb|guce|cx|src|trk|emc|hs)_\w+|__?hs\w+|wt[._][\w.]+|sc_(?!lang$)\w+"
"""Known by how they begin: utm_source, mc_cid, wt.mc_id. Sitecore's sc_lang chooses the language of the text, and stays."""

_NAMES = (
    "fbclid gclid gclsrc gbraid wbraid dclid yclid msclkid twclid ttclid li_fat_id igshid igsh mkt_tok _ga _gl mbid icid ceid emci "
    "emdi ref referrer referer source src via smid smtyp cmpid cmp ncid cid ito mod xtor campaign campaign_id campaignid taid guccounter ftag "
    "ftcamp spm sref trk rss feed partner share shared sharetoken sh __twitter_impression __source usqp amp_js_v amp_gsa s_kwcid ocid "
    "_branch_match_id"
)
_TRACKING = re.compile(f"{_FAMILIES}|{'|'.join(map(re.escape, _NAMES.split()))}", re.IGNORECASE)


def is_tracking(parameter: str) -> bool:
    """Whether a query parameter of this name may go without changing what is read."""
    return _TRACKING.fullmatch(parameter) is not None
