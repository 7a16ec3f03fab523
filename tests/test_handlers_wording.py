"""All that people read comes out of the catalogue: every key is there, every key is used, and no sentence stands in the code."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from bot import errors, wording
from bot.wording import faults
from handlers import blocks, library, summary
from handlers.answer import Deps, Request, settle
from store import Store

ROOT = Path(__file__).parent.parent
SPEAKING = [path for pattern in ("handlers/**/*.py", "bot/*.py", "bot/wording/*.py", "bot/reading/*.py", "store/*.py") for path in ROOT.glob(pattern)]
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.BotError)}
HANDLERS = sorted(ROOT.glob("handlers/**/*.py"))

SENTENCE = re.compile(r"[A-Za-z]{2,}[,.:;]?\s|\s[A-Za-z]{2,}|^[A-Z][a-z]+$")
"""Words with spaces between or around them, or a single one written as a label is."""

NOT_SPOKEN = {
    "doctor.py": "for who runs Entente, in the terminal, beside English logs and an English README",
    "manifest.py": "errors for who runs `entente manifest`",
    "slack/serving.py": "errors for who starts Entente",
}
"""Files whose sentences nobody in Slack reads."""

NOT_SENTENCES = {
    ("mention.py", "THANKS"): "a pattern of what people type",
    ("mention.py", "HOW_MANY"): "a pattern of what people type",
    ("mention.py", "WHICH_ISSUES"): "a pattern of what people type",
    ("mention.py", "COMMANDS_ASKED"): "a pattern of what people type",
    ("mention.py", "EVERYTHING"): "a pattern of what people type",
    ("mention.py", "OLDEST"): "a pattern of what people type",
    ("mention.py", "_PLEASE"): "a pattern of what people type",
    ("mention.py", "_DEEDS"): "patterns of what people type",
    ("people.py", "SAID"): "a pattern of what people type",
    ("digest_asked.py", "_QUOTED"): "a pattern of what people type",
    ("digest_asked.py", "_WEEKDAY"): "a pattern of what people type",
    ("digest_asked.py", "_STOP"): "a pattern of what people type",
    ("digest_asked.py", "_CADENCES"): "words that people type",
    ("outbox.py", "NOW"): "begins a key in the store",
    ("outbox.py", "NOT_THERE"): "kept with a message for who looks into the store, and compared with",
    ("outbox.py", "TROUBLE"): "kept with a message, and compared with",
    ("outbox.py", "UNCERTAIN"): "kept with a message, and compared with",
    ("slack/porter.py", "TROUBLE"): "kept with a message, and compared with",
}
"""Constants with words that are no sentences for people."""

QUIET = {"log", "re", "HttpRequest", "HTTPError", "RuntimeError"}
"""Calls whose words go into the log, are patterns, or are for developers."""

KEPT = {"fail", "again", "doubt", "Later", "Unsure", "Refused"}
"""Calls that keep a reason with a message in the store, or carry it there; none of these is shown."""

TYPED = re.compile(
    r"^/?[a-z]+ |^ (on|by|since|until|outlet:|after:|before:|behind:|vs) ?\"?$|^search $|^ long$|^Bearer |^ say\?$|^ · /digest help$|^Entente$|^The $"
)
"""What people type, as buttons type it for them; and our name; and how names of outlets begin."""


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def catalogue() -> dict[str, frozenset[str]]:
    """Key -> the values that it asks for; ``n`` where it has plural forms."""
    texts = wording.read((wording.HERE / "en.toml").read_text(encoding="utf-8"))
    asked = faults.asked(texts)
    return {key: places | ({"n"} if key not in texts else frozenset()) for key, places in asked.items()}


def name_of(call: ast.expr) -> str:
    return call.id if isinstance(call, ast.Name) else call.attr if isinstance(call, ast.Attribute) else ""


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call) and name_of(node.func) in names and isinstance(node.func, ast.Name))


def keys_of(key: ast.expr) -> list[str]:
    """The keys that an expression can be; of an f-string, all that fit it."""
    if isinstance(key, ast.IfExp):
        return keys_of(key.body) + keys_of(key.orelse)
    if isinstance(key, ast.Constant):
        return [str(key.value)]
    if isinstance(key, ast.JoinedStr):
        pattern = "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[^.]+" for part in key.values)
        return [known for known in catalogue() if re.fullmatch(pattern, known)] or [ast.unparse(key)]
    return [ast.unparse(key)]


SAID = [(path, call) for path in SPEAKING if path.name != "errors.py" for call in calls(path, "say", "knows", *ERRORS)]


def where(path: Path, node: ast.expr) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def test_every_key_in_the_code_is_in_the_catalogue() -> None:
    assert not [f"{where(path, call)} {key}" for path, call in SAID for key in keys_of(call.args[0]) if key not in catalogue()]


def test_every_key_in_the_catalogue_is_said() -> None:
    said = {key for _, call in SAID for key in keys_of(call.args[0])}
    texts = wording.read((wording.HERE / "en.toml").read_text(encoding="utf-8")).values()
    said |= {f"counted.{noun}" for text in texts for _, _, noun in wording._PLACE.findall(text)}
    assert not sorted(catalogue().keys() - said)


def test_code_and_catalogue_name_the_same_values() -> None:
    wrong = []
    for path, call in SAID:
        given = {keyword.arg for keyword in call.keywords if keyword.arg != "temporary"}
        if name_of(call.func) != "knows":
            wrong += [f"{where(path, call)} {key} asks for {sorted(catalogue()[key])}" for key in keys_of(call.args[0]) if given != catalogue()[key]]
    assert not wrong


def test_nothing_is_said_while_a_module_is_imported() -> None:
    """The language is chosen at the start of the process; a constant would keep another's words."""

    def outside(node: ast.AST) -> Iterator[ast.Call]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.Lambda):
                yield from (one for default in child.args.defaults for one in outside(default))
            else:
                if isinstance(child, ast.Call) and name_of(child.func) == "say":
                    yield child
                yield from outside(child)

    assert not [where(path, call) for path in SPEAKING for call in outside(parsed(path))]


def sentences(path: Path) -> Iterator[ast.Constant]:
    """Words in the code that people might read."""
    inside = str(path.relative_to(ROOT / "handlers"))

    def walk(node: ast.AST) -> Iterator[ast.Constant]:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # a docstring
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return
        if isinstance(node, ast.Call):
            function = node.func
            owner = name_of(function.value) if isinstance(function, ast.Attribute) else name_of(function)
            if {owner, name_of(function)} & (QUIET | KEPT) or name_of(function) == "split":
                return
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
            if any((inside, name) in NOT_SENTENCES for name in names):
                return
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SENTENCE.search(node.value) and not TYPED.search(node.value):
            yield node
        for child in ast.iter_child_nodes(node):
            yield from walk(child)

    return walk(parsed(path))


@pytest.mark.parametrize("path", HANDLERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_stands_in_the_code(path: Path) -> None:
    if str(path.relative_to(ROOT / "handlers")) not in NOT_SPOKEN:
        assert not [f"{where(path, one)} {one.value!r}" for one in sentences(path)]


def test_the_search_for_sentences_finds_them() -> None:
    """Or it would find nothing for the wrong reason."""
    found = [one.value for path in HANDLERS for one in sentences(path) if path.name == "doctor.py"]
    assert len(found) > 20


def test_answers_mistakes_and_days_are_in_the_language_that_was_chosen(store: Store, tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text(TINY, encoding="utf-8")
    wording.speak("xx", tmp_path)
    try:
        said = [settle(answer, Request("T1", "U1", typed), Deps(store)).text for answer, typed in ((library.answer, ""), (summary.answer, "#7"))]
        moment = blocks.moment(datetime(2026, 5, 3, 9, 0, tzinfo=UTC))
    finally:
        wording.speak()
    assert said == ["Pa laib.", "Pa pik #7!"]
    assert moment.endswith("|3. mai 2026, 09:00 UTC>")


TINY = """
[library]
empty = "Pa laib."

[summary]
no_such_number = "Pa pik {number}!"

[month]
5 = "mai"

[date]
day = "{day}. {month} {year}"
"""
