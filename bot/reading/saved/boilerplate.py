"""What pages put around an article, known by its wording: prompts, appeals, buttons, notices, lists of other pieces.

The wordings are the genre's, not one site's. A long paragraph is dropped only for what nothing but boilerplate says; a short line for less.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache


class Noise(Enum):
    """Why a block is not the article."""

    PROMPT = "newsletter, subscription or app prompt"
    APPEAL = "donation appeal"
    COOKIES = "cookie or consent notice"
    NOTICE = "legal notice or disclaimer"
    RELATED = "related link"
    SHARE = "share button or other control"
    ADVERT = "advertisement"
    PLAYER = "podcast or player"
    COMMENTS = "comments"
    CREDIT = "caption or photo credit"
    NAVIGATION = "navigation"
    COPY = "copy of another line"
    WIDGET = "counter, form or other widget"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_SITES = r"(?:facebook|twitter|x(?=\W|$)|x \(twitter\)|instagram|linked ?in|pinterest|reddit|whats ?app|telegram|e-?mail|messenger|tumblr|flipboard|pocket|threads|bluesky|mastodon|youtube|tik ?tok|rss|snapchat|line|sms|viber|vk|google ?\+|google plus|stumbleupon|digg|buffer|evernote|print|copy(?: link)?|link|url|spotify|apple podcasts|google news|apple news|hacker news|pdf|icon|logo|share|tweet)"

_CONTROLS = _any(
    rf"(?:(?:share|tweet|pin|post|save|follow|like|click|open|send|copy|view|print|via|to|this|on|by|in|with|us|me|our|a|new|window|tab|opens|article|page|story|icon|logo|and|or|&|[|/,•·:+\-(){{}}\[\]!]|\d+|{_SITES})\s*)+",
    r"(?:click to )?(?:share|shares?|sharing|share this.*|share on.*|share (?:article|story|post|page|full article|via|options).*|tweet(?: this)?|pin(?: it)?|like(?: this)?|e-?mail(?: this| article| a link.*)?|print(?: this| article| page)?|save(?: article| story| for later| this.*)?|saved|bookmark(?: this)?|copy(?: link| url)?|copied!?|link copied.*|url ?copied.*|copy link to clipboard|gift(?: this)?(?: article)?|give this article|reprints?|permissions?|text size|font size.*|resize text|aa?a?|a[-+]|comments?|view comments|\d+ comments?|no comments(?: yet)?|leave a (?:comment|reply)|add (?:a )?comment|reply|report(?: abuse)?|flag|upvote|downvote|more|less|next|prev(?:ious)?|previous (?:article|post|story)|next (?:article|post|story)|back|back to top|scroll (?:to top|down)|top|close|open|menu|toggle.*|expand.*|collapse.*|show (?:more|less|all).*|hide.*|see (?:more|all|less).*|view (?:more|all|gallery|larger image|full.*|image.*|in browser|original.*)|load(?:ing)?(?: more.*|\.+|…)?|read (?:more|full.*|next|also|the full story|later)|continue(?: reading.*)?|learn more|find out more|more info(?:rmation)?|click here.*|tap here.*|home|search.*|sign (?:in|up|out)|log ?(?:in|out)|register|my account|account|subscribe(?: now| today)?|subscribe (?:to|for) .{0,40}|join(?: now| us| free)?|donate(?: now)?|contribute|buy now|shop now|get started|start (?:now|free trial.*)|try (?:it )?(?:for )?free|download(?: pdf| now| app)?|submit|cancel|ok|okay|yes|no|accept(?: all)?(?: cookies)?|reject(?: all)?|i agree|agree|got it|dismiss|skip|skip to .*|jump to .*|go to .*|edit|delete|view|play|pause|mute|unmute|watch(?: now| live| video)?|listen(?: now| to this.*| to article)?|video|photos?|gallery|advertisement|ad|ads|sponsored.*|promoted.*|follow(?: us.*)?|following|connect with us.*|contact(?: us)?|about(?: us)?|help|faqs?|careers|jobs|advertise(?: with us)?|privacy(?: policy)?|terms.*|cookie.*|sitemap|site map|archives?|tags?:?|topics?:?|filed under:?|categor(?:y|ies):?|sections?|newsletters?|podcasts?|e-?paper|language|english|deutsch|français|español|also available in.*|translate.*|select language|text link|slideshow|trending(?: now)?|latest|breaking|live|exclusive|premium|subscriber only|free|new|updates?|alerts?|notifications?|settings|once|monthly|annual(?:ly)?|one[- ]time|days?|hrs?|hours?|mins?|minutes?|secs?|seconds?|remind me later.*|not (?:now|ready.*)|no,? thanks.*|maybe later|preview|thank you for .{0,30}|payment methods|paiment methods|powered by .{0,40}|image|photo|picture|caption|placeholder|null|undefined|no items found\.?|item \d+ of \d+|\d+ ?/ ?\d+|\d+ of \d+|page \d+(?: of \d+)?|[<>«»‹›|/•·*×✕+\-–—_=#@…]+)",
    r"(?:total\s*)?\d[\d,.]*\s?[km]?\s*(?:shares?|views?|comments?|likes?|reads?|claps?|followers?|votes?|tweets?|reactions?|replies|retweets?)?",
)
_PROMPT = _any(
    r"\bsign[ -]?up (?:for|to|here|now|today|and|with|below)\b", r"\bsubscribe (?:to|for|now|today|here|via|and|from|free|using)\b", r"\b(?:our|my|the|free|weekly|daily|monthly|email|e-mail|this|a|morning) newsletters?\b.{0,80}(?:inbox|email|subscribe|sign|free|delivered|get|join|receive)",
    r"\b(?:get|have|receive|delivered?|sent|straight|directly|right) .{0,80}\b(?:your|to your|in your) (?:inbox|e-?mail|mailbox)\b", r"\bjoin (?:our|the|over|more than|\d).{0,60}(?:newsletter|mailing list|subscribers|readers|community|members|telegram|whatsapp|channel)",
    r"\bunsubscribe\b", r"\bopt[- ]out (?:at )?any ?time\b", r"\balready (?:a|have) (?:an? )?(?:subscriber|member|account|subscription|registered)\b", r"\bsubscribe(?:rs)? (?:to continue|to read|agree)\b", r"\bto (?:continue|keep) reading\b", r"\bcreate (?:a|an|your) (?:free )?account\b", r"\blog ?in to (?:read|continue|comment|your|view|access)\b",
    r"\bregister (?:now|here|to|for free|with)\b.{0,50}", r"\b(?:free|digital|annual|monthly) (?:trial|access|subscription)\b.{0,60}", r"\benter your e-?mail\b", r"\byour e-?mail address\b", r"\be-?mail address\s*\*?$", r"\bdownload (?:the|our) .{0,30}app\b", r"\bget (?:the|our) (?:app|latest|best|free|top)\b", r"\bfollow (?:us|me|him|her|them|the author|@\w+|\w+ \w+|our) (?:on|at|via)\b", r"\bfollow @?\w+", r"\bfollow .{3,40} on (?:twitter|facebook|instagram|x\b|linkedin|google news|telegram|threads|bluesky|social)",
    r"\blike us on facebook\b", r"\bfind us on\b", r"\bconnect with (?:us|me)\b", r"\bstay (?:up to date|informed|in the know|tuned|connected|updated|ahead)\b.{0,80}", r"\bnever miss (?:a|an|the|out)\b", r"\bdon['’]?t miss (?:out|a|an|the)\b.{0,60}", r"\bthanks? (?:you )?for (?:subscribing|signing up|reading|registering|your interest|joining|visiting)\b", r"\bwe['’]?ll (?:send|e-?mail|never share)\b", r"\bno spam\b", r"\bnewsletter sign-?up\b", r"\bturn on notifications\b", r"\benable (?:javascript|notifications|cookies)\b", r"\bjavascript (?:is|must|to be) (?:disabled|enabled|required)\b", r"\bthis (?:site|form) is protected by\b", r"\brecaptcha\b", r"\b(?:want|like) (?:more|to (?:read|see|get) more|what you).{0,60}\?", r"\benjoy(?:ed|ing)? (?:this|reading|our).{0,60}", r"\bdid you (?:like|enjoy|find) (?:this|reading)", r"\bwas this (?:article|page|post|content|helpful|information|story|answer)\b", r"\b(?:give|send) us (?:your )?feedback\b", r"\bhave (?:a|any) (?:tip|question|story|news|suggestion)s?\b.{0,60}(?:\?|contact|e-?mail)", r"\bgot a (?:tip|story|question)\b", r"\bget in touch\b", r"\bcontact (?:us|the author|the writer|our|him|her)\b", r"\be-?mail (?:us|the author|me|him|her)\b", r"\bwrite to (?:us|the author) at\b", r"\bletters? to the editor\b.{0,80}", r"\bbecome (?:a|an) (?:member|subscriber|patron|supporter|contributor)\b", r"\btry .{0,40}(?:for|free for) (?:free|\d+ days)", r"\b(?:book|request|schedule|get) (?:a|your) (?:free )?(?:demo|consultation|call|quote)\b", r"\bcheck out our\b", r"\bshop (?:now|our|the)\b", r"\bbuy (?:the|this|your) (?:book|copy|print|now)\b",
    r"\bthe views? (?:of|from) .{0,20} newsletter\b", r"\bfill (?:out|in) (?:the|this|our) form\b", r"\bshare (?:this|the) (?:article|post|story|page|entry|content|news)\b", r"\b(?:leave|post|add|write) a (?:comment|reply|review)\b", r"\blet us know (?:what you think|in the comments)\b", r"\b(?:comment|comments) below\b", r"\bhelp us improve\b", r"\badd .{2,40} (?:to your home screen|as a preferred source|on google)\b",
)
_APPEAL = _any(
    r"\bsupport (?:our|independent|the|us|quality|local|nonprofit|this|free|public|media|real|honest|fearless|investigative) .{0,60}(?:journalis|report|work|mission|donat|newsroom|member|today|publication|contribut|times!|journalism)", r"\bsupport [A-Z][\w ]{2,30}!$", r"\bdonat(?:e|ion|ions|ing) .{0,60}(?:today|now|here|us|support|tax|\$|month|to keep|to [A-Z])", r"\b(?:make|consider(?: making)?|with) a (?:one[- ]time |monthly |small |tax[- ]deductible |generous )?(?:donation|contribution|gift)\b", r"\byour (?:support|donation|contribution|gift)s?\b.{0,80}(?:make|help|keep|allow|enable|mean|matter|ensure|go|let)", r"\bdear readers?\b", r"\ba message from (?:the|our|us)\b", r"\bwe need your (?:help|support)\b", r"\bplease (?:consider |help |)(?:support|donat|contribut|becom|subscrib)", r"\b(?:reader|readers|listener|member)[- ](?:supported|funded)\b", r"\bby supporting (?:us|the|our)\b", r"\bif you (?:can|value|like|appreciate|enjoy|believe in)\b.{0,60}\b(?:support|donat|contribut|subscrib|becom)", r"\bstand(?:ing)? with us\b", r"\bbuy (?:us|me) a coffee\b", r"\bindependent journalism\b.{0,80}", r"\b(?:from as little as|for as little as|just|only|starting from) (?:just )?[$£€]\s?\d", r"\b(?:we|our journalists),? the journalists\b", r"\bneed your help\b", r"\bpatreon\b", r"\bpaypal\b",
)
_COOKIES = _any(r"\b(?:we|site|website|page|partners|third[- ]party|soundcloud|youtube|our) .{0,60}\bcookies\b", r"\bcookies? (?:policy|notice|settings|preferences|consent|to (?:improve|ensure|give|personali))", r"\baccept (?:all )?cookies\b", r"\byou (?:agree|consent) to .{0,60}(?:cookies|terms|privacy|use of)", r"\bprivacy (?:policy|notice|statement)\b", r"\bterms (?:of (?:use|service)|and conditions|& conditions)\b", r"\bpersonal data\b.{0,80}\b(?:process|partners|consent|gdpr)", r"\bdata protection (?:policy|declaration)\b", r"\bGDPR consent\b", r"\bad ?blocker\b", r"\byour browser (?:does not|is|doesn['’]t)\b", r"\bto load the .{0,30}(?:player|video|content)\b", r"\bload player\b")
_NOTICE = _any(
    r"\b(?:views?|opinions?|positions?|statements?) (?:and (?:views?|opinions?) )?(?:expressed|presented|contained|stated|reflected|set out|in (?:this|opinion)|here|published)\b.{0,120}\b(?:author|not necessarily|do not|does not|own|solely|those of|writer|contributor)", r"\bdo(?:es)? not (?:necessarily )?(?:reflect|represent) (?:the )?(?:official |editorial )?(?:views?|opinions?|positions?|policy|stance)", r"\bdoes not take (?:collective|institutional|any)\b.{0,40}positions?", r"\bonly represent the views\b", r"\ball rights reserved\b", r"(?:©|\(c\)|\bcopyright\b)\s*(?:©|\(c\))?\s*(?:\d{4}|by|[A-Z])", r"\bcopyright (?:notice|holder|of)\b", r"\b(?:may|must|can) not be (?:reproduced|published, broadcast|republished|copied|redistributed|distributed|reprinted)\b", r"\b(?:republished|reprinted|reproduced) (?:here )?(?:with|by) (?:the )?(?:kind )?permission\b", r"\bcreative commons\b", r"\b(?:is|are) (?:a |an )?(?:terrorist|extremist|undesirable) organi[sz]ations?,? (?:that (?:is|are) )?(?:banned|outlawed|prohibited)\b", r"\b(?:banned|outlawed|prohibited|designated) (?:as .{0,40} )?in (?:the )?(?:russia|russian federation)\b\W*$", r"\b(?:designated|recogni[sz]ed) (?:as )?a?n? ?[\"“]?(?:foreign agent|undesirable)", r"\bthis (?:article|piece|story|post|essay|column|commentary|op-ed|content|material|work|page|site|website) (?:was |is |has been |may |contains |includes |originally |first )+.{0,60}\b(?:published|appeared|republished|licensed|affiliate|sponsored|translated|updated|adapted|produced|provided|contain|funded|supported|edited|archived)", r"\b(?:a version of|a longer version|this version of) this (?:article|piece|story|essay|column|post)\b", r"\b(?:originally|first) (?:published|appeared|posted) (?:in|on|by|at)\b", r"\baffiliate (?:links?|commission|program)\b", r"\bearn (?:a )?(?:small )?commission\b", r"\bfor (?:informational|educational|general information)(?:al)? purposes only\b", r"\bnot (?:intended (?:as|to)|constitute|financial|legal|medical|investment) (?:be )?.{0,40}\badvice\b", r"\beditor['’]?s['’]? note\b", r"\bdisclaimer\b", r"\bdisclosure\b\s*:", r"\bterms of use\b", r"\bregistered (?:in|office|company|charity)\b", r"\bcompany (?:number|no)\b", r"\bVAT\b.{0,20}\d", r"\bISSN\b", r"\ba (?:member|part) of .{3,60}(?:group|network)\b.{0,20}$", r"\bquotes? (?:are )?delayed\b", r"\bcorrections?\s*:", r"\bthe times is committed to publishing\b", r"\bcommitted to (?:publishing )?a diversity of letters\b",
)
_RELATED = _any(
    r"^\W*(?:read|see|watch|listen)(?: more| also| next| on| now| the full| related)?\s*(?:[:|>»→-]|\bhere\b)", r"^\W*(?:also|must)[- ](?:read|see|watch)\b", r"^\W*(?:related|recommended|more (?:on|from|about|in|for|news|stories|like|coverage)|see also|further reading|read more|you (?:may|might) (?:also |be )?(?:like|enjoy|interested|want)|don['’]t miss|up next|in case you missed|editor['’]s? picks?|most (?:read|popular|viewed|shared|recent|commented)|trending|top (?:stories|news|headlines|picks|articles|posts)|latest (?:news|stories|articles|posts|from|in|updates)|popular (?:posts|stories|articles|now|on|this)|recent (?:posts|articles|stories|comments|news)|previous(?: article| post| story)?:|next(?: article| post| story| up)?:|other (?:articles|stories|posts|news)|similar (?:articles|posts|stories)|what to read next|keep reading|today['’]s (?:top|headlines)|explore more|discover more|featured (?:articles|stories|posts|news)|from the archives?|watch (?:more|now|next|live|the latest)|video:|watch:|listen:|podcast:|gallery:|photos:|in pictures:?|in this (?:article|series|story|section|issue)|part of (?:the|our) series|tags?\b\s*:|topics?\b\s*:|filed under|posted in|categor(?:y|ies)\b\s*:|keywords?\b\s*:|original url|source url|short url|permalink|url:|link:)",
)
_ENDINGS = _any(
    r"(?:\d+ )?(?:responses?|comments?|replies|thoughts?|remarks)(?: \(?\d+\)?)?(?: (?:to|on|so far|have been).{0,100})?", r"(?:view |see |show |read |load |join |all |post |recent |reader |user |facebook |add |join the |start the )*(?:\d+ )*(?:comments?|conversation|discussion)(?: ?[\[(]\d+[\])])?:?", r"leave (?:a|your) (?:reply|comment|response|review|feedback).{0,40}", r"(?:post|write|submit|add) (?:a|your) (?:comment|reply|review).{0,20}", r"have your say.{0,20}", r"what do you think\??", r"share your thoughts.{0,20}", r"join the (?:conversation|discussion|debate).{0,20}", r"conversation", r"disqus.*",
    r"(?:\W*)(?:related|recommended|similar|suggested|more|other|latest|recent|popular|trending|featured|top|new|further)(?: \w+){0,2} (?:articles?|posts?|stories|story|news|reads?|reading|content|links?|topics|items|coverage|videos?|from .{1,40}|on .{1,40}|in .{1,40}|like this|about .{1,40}|for you|headlines|resources|blogs?|blog posts?|guides?|insights|pieces|columns?|opinions?|by .{1,40})(?: for you)?:?", r"related:?", r"recommended(?: for you| by .{1,20})?:?", r"(?:you )?(?:may|might) (?:also )?(?:like|enjoy|be interested in|want to read).{0,30}", r"you['’]?(?:ll)? (?:may|might|may also|might also|also)? ?(?:like|love|enjoy|be interested in).{0,30}", r"(?:most|editor['’]?s?) (?:read|popular|viewed|shared|recent|commented|emailed|watched|picks?|discussed|active).{0,30}", r"(?:read|up|watch|what to read|where to go|coming up) next:?.{0,20}", r"keep (?:reading|exploring|learning)", r"don['’]t miss", r"explore (?:more|further|related).{0,30}", r"discover more.{0,30}", r"see (?:also|more|related).{0,20}", r"more(?: (?:news|stories|articles|posts|to explore|to read|like this|in this series|in this section|from us|info|information|reading))?:?", r"trending(?: now| stories| news| topics)?.{0,12}", r"popular(?: now)?.{0,10}", r"latest(?: (?:news|stories|articles|posts|videos|updates|headlines|insights|blogs?))?.{0,12}", r"top (?:stories|news|headlines|picks).{0,12}", r"in other news", r"around the web.{0,20}", r"from (?:around )?the web", r"from our (?:partners|sponsors?)", r"sponsored (?:content|stories|links|by.{0,20})", r"promoted (?:content|stories)", r"paid (?:content|post)", r"outbrain.*|taboola.*",
    r"about (?:the )?(?:authors?|writers?|us|this blog|this author|the (?:column|contributor|editor|blogger|company|firm|publisher))s?\W*", r"author(?:s)?(?: bio| profile| information| details)?:?", r"(?:written|posted|article|story) by:?", r"(?:meet )?the author", r"contributors?:?", r"bio(?:graphy)?:?", r"footnotes?:?", r"endnotes?:?", r"notes?:", r"references(?: and (?:notes|further reading))?:?", r"(?:works )?cited:?", r"bibliography:?", r"sources?:", r"further reading:?", r"citations?:?", r"acknowledge?ments?:?", r"newsletters?", r"(?:sign|sign me) up.{0,50}", r"subscribe.{0,60}", r"join .{0,20}(?:newsletter|mailing list).{0,20}", r"get (?:our|the) .{0,30}newsletter.{0,20}", r"stay (?:connected|updated|informed|in touch|up to date|in the loop|in the know).{0,40}", r"follow us.{0,30}", r"connect with us", r"contact(?: us| information| details| info)?:?", r"get in touch.{0,20}", r"categor(?:y|ies):?", r"tags?:?.{0,80}", r"topics?:?", r"tagged(?: with| in| as)?:?.{0,80}", r"filed under:?.{0,60}", r"archives?:?", r"quick links:?", r"useful links:?", r"site ?(?:map|index)", r"navigation", r"footer(?: menu)?", r"resources:?", r"company:?", r"legal:?", r"products?:?", r"services:?", r"support:?", r"about:?", r"share(?: this)?(?: article| post| story| page| entry| on| with| via)?.{0,20}", r"share (?:this|it)?.{0,30}", r"like this:?", r"post navigation", r"post tags", r"loading\.*", r"was this (?:article|page|post|helpful).{0,20}", r"rate this.{0,20}", r"advertise(?:ment)?s?", r"privacy policy", r"cookie (?:policy|settings|preferences).{0,10}", r"blogroll", r"search this (?:blog|site|website)", r"pages", r"labels:?.{0,80}", r"blog archive", r"links to this post", r"(?:newer|older) posts?", r"report this (?:ad|article).{0,10}", r"original (?:url|source|article|link):?", r"ready to .{3,60}\?", r"(?:get|start) (?:started|your).{0,30}", r"print(?:er)?[- ]friendly.{0,20}",
)
_PLAYER = _any(r"^(?:podcast|audio|video|watch|listen)\s*[:|]", r"\blisten to (?:our|the|this) .{0,60}(?:podcast|episode|article|audio)\b", r"\bsubscribe to (?:our|the) podcast\b", r"\bapple podcasts\b", r"\bplay(?:ing)? (?:video|audio|now)\b", r"\bvideo player\b", r"\baudio player\b", r"\byour browser does not support\b", r"\bvolume 90%|\bpress shift question mark\b", r"^\d{1,2}:\d{2}(?:\s*/\s*\d{1,2}:\d{2})?$", r"\blisten\s*\(?\d+\s*min", r"\bnow playing\b")
_ADVERT = _any(r"^\W*(?:advertise?ments?|ads?|sponsored(?: content| by.{0,30})?|supported by|promoted|story continues(?: below)?.{0,30}|article continues (?:below|after).{0,40}|continue reading.{0,40}|continue below.{0,20}|scroll (?:down )?to continue.{0,40}|advertisement.{0,60}|- advertisement -|loading\.\.\.|story continues.{0,40})\W*$")
_COUNT_LINE = _any(r"[\W\d_]+", r"(?:est(?:imated)?\.? )?(?:reading|read)(?: ?time)?:?\s*(?:about |approx\.? )?\d+.{0,15}", r"\d+\s*(?:-?\s*)min(?:ute)?s?(?:\s*(?:of )?(?:read|reading|to read).{0,12})?", r"\d+ (?:words|views|reads|shares|comments)")

SHORT = 18
"""Words up to which a line is judged as a control or a prompt by any match; longer ones need two different signs."""


@lru_cache(maxsize=8192)
def noise_of(text: str, linked: float = 0.0) -> Noise | None:
    """Why a block's words are boilerplate wherever it stands; None when they may be the article's.

    ``linked`` is the share of it that was a link.
    """
    bare = text.strip()
    words = len(bare.split())
    if not bare or _COUNT_LINE.fullmatch(bare):
        return Noise.WIDGET
    if words <= 12 and _CONTROLS.fullmatch(bare.strip(" .:|>»→·•-–—!*_")):
        return Noise.SHARE
    if _ADVERT.match(bare):
        return Noise.ADVERT
    found = [
        noise
        for noise, pattern in (
            (Noise.COOKIES, _COOKIES), (Noise.NOTICE, _NOTICE), (Noise.PLAYER, _PLAYER), (Noise.APPEAL, _APPEAL), (Noise.PROMPT, _PROMPT),
        )
        if pattern.search(bare)
    ]
    if words <= 30 and _RELATED.search(bare) and (linked > 0.3 or words <= 20):
        found.append(Noise.RELATED)
    if not found:
        return None
    if words <= SHORT or len(found) >= 2 or (linked > 0.25 and words <= 60):
        return found[0]
    if found[0] in (Noise.NOTICE, Noise.COOKIES) and words <= 60:
        return found[0]
    return found[0] if _hits(found[0], bare) >= 2 else None


def _hits(noise: Noise, text: str) -> int:
    pattern = {Noise.COOKIES: _COOKIES, Noise.NOTICE: _NOTICE, Noise.PLAYER: _PLAYER, Noise.APPEAL: _APPEAL, Noise.PROMPT: _PROMPT, Noise.RELATED: _RELATED}[noise]
    return len({match[0].casefold() for match in pattern.finditer(text)})


@lru_cache(maxsize=8192)
def is_ending(text: str) -> bool:
    """A heading or label that opens what follows an article: comments, related pieces, references, the site's foot."""
    bare = text.strip(" .:|>»→·•-–—!*_#()[]")
    return bool(bare) and len(bare.split()) <= 14 and _ENDINGS.fullmatch(bare) is not None


def is_appeal_opening(text: str) -> bool:
    """A line that opens an appeal of several paragraphs: "A message from the editor:", "Dear readers,"."""
    return len(text.split()) <= 10 and re.match(r"\W*(?:dear readers?|a (?:special )?message from|an appeal from)\b", text, re.IGNORECASE) is not None
