"""What Entente can do, said briefly: one text for each command, one for everything."""

from __future__ import annotations

from handlers import blocks, digest
from handlers.answer import Answer, Deps, Reply, Request

COMMANDS = {
    "/summary": (
        "*/summary* gives the thesis and key points of a piece, in its own words.\n"
        "• `/summary https://…` a link; one that I do not know is read first\n"
        "• `/summary words of the title` or `/summary #12`\n"
        "• add `short` or `long` for less or more; alone it offers the newest pieces"
    ),
    "/views": (
        "*/views* shows what somebody argues, issue by issue, or what others attribute to them.\n"
        "• `/views Venn` everything · `/views Venn on sanctions` one issue · `/views Venn since 2016`\n"
        "• `/views Venn vs Brandt on sanctions` both, side by side\n"
        "• alone it lists the authors"
    ),
    "/issue": (
        "*/issue* shows who argues what about an issue, the dissent kept.\n"
        "• `/issue sanctions` or another name of it (ISIS, Daesh and Islamic State are one)\n"
        "• `/issue sanctions by Venn`, `since 2016`, `outlet:Harbour` narrow it\n"
        "• alone it lists all issues"
    ),
    "/library": (
        "*/library* keeps the pieces.\n"
        "• `/library add https://…` reads a link · `/library add` opens a form to paste a text\n"
        "• `/library search words` knows `author: issue: outlet: before: after: \"a phrase\" -not OR`\n"
        "• `/library list` the newest · `/library fix #12` corrects its details · `/library remove #12`\n"
        "• `/library feeds`, `/library feed add https://…`, `/library feed remove #3` what is polled\n"
        "• `/library people V. Frolov is Vladimir Frolov` (or `is not`) says who is who · `/library people` lists the authors\n"
        "• `/library issues` our own issues · `/library export` everything as a file · `/library feedback` what people thought of answers"
    ),
    "/digest": digest.HELP,
}

ELSEWHERE = (
    "*Mention me* in a channel or write to me directly: “what does Venn say about sanctions?”, “summary” under a link, "
    "“who disagrees?”, “anything newer?”. I answer in the thread and remember what it is about.\n"
    "*Save to library* and *Summarise* stand in the menu of every message. Files (.txt .md .html .pdf .docx .eml) can be dropped on me.\n"
    "Every line that I show is a verbatim sentence with author, outlet, date and link, or a count of them. Answers are for you alone "
    "until you press *Share to channel*. *Useful* and *Not useful* under an answer are kept for whoever runs me."
)


def about(command: str) -> Answer:
    """The help text of one command."""

    def answer(request: Request, deps: Deps) -> Reply:
        """What the command understands."""
        return Reply(COMMANDS[command], (blocks.section(COMMANDS[command]),))

    return answer


def everything(request: Request, deps: Deps) -> Reply:
    """All commands, and what else can be done."""
    shown = [blocks.section(text) for text in (*COMMANDS.values(), ELSEWHERE)]
    return Reply("What you can ask me", tuple(shown))


def is_asked(text: str) -> bool:
    """Whether somebody typed "help"."""
    return text.strip().strip("\"“”'?!.").lower() in ("help", "-h", "--help", "usage")
