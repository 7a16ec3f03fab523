import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot import app
from bot.cli import main, parser
from store import Store


def subcommands() -> set[str]:
    actions = [action for action in parser()._actions if action.choices and action.dest == "command"]
    return set(actions[0].choices)


def test_every_word_that_is_understood_does_something() -> None:
    assert subcommands() == set(app.COMMANDS)


def entente(db: Path, *words: str) -> int:
    return main(["--db", str(db), *words])


def test_an_empty_library_answers_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["summary"], ["views"], ["search", "x"], ["search", "-x", "y"], ["ask", "what", "is", "new?"], ["digest"]):
        assert entente(tmp_path / "l.sqlite", *words) == 0
        assert capsys.readouterr().out.strip(), words
    for words in (["views", "nobody"], ["issue", "nothing"], ["summary", "#9"], ["search"]):
        assert entente(tmp_path / "l.sqlite", *words) == 1
        said = capsys.readouterr()
        assert said.err.strip().endswith((".", "?")), words
        assert not said.out, words


def test_what_cannot_be_opened_or_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library, broken = tmp_path / "l.sqlite", tmp_path / "broken.sqlite"
    broken.write_text("no library", encoding="utf-8")
    assert entente(library, "search", "x") == 0
    assert entente(broken, "views") == 1
    assert entente(tmp_path, "views") == 1
    assert entente(library, "backup", str(library)) == 1
    assert entente(library, "backup", str(tmp_path / "none" / "x")) == 1
    assert entente(library, "export", str(tmp_path / "none" / "x")) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 5, said
    assert "cannot be opened as a library" in said[0]
    assert "is there already" in said[2]


@pytest.mark.parametrize("words", [["try", "--port", "70000"], ["run", "--port", "x"], ["read", "--workers", "0"], ["dance"], []])
def test_what_is_mistyped_ends_with_two(tmp_path: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        entente(tmp_path / "l.sqlite", *words)
    assert ended.value.code == 2


def test_the_same_file_twice_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("Rents must be capped now, and the ministers know it well.\n\n" * 12, encoding="utf-8")
    entente(tmp_path / "l.sqlite", "read", str(tmp_path / "one.txt"), str(tmp_path / "two.txt"))
    assert "1 known already" in capsys.readouterr().out


def test_another_workspace_than_those_that_are_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(tmp_path / "l.sqlite") as store:
        store.readings.enqueue("T1", "a.txt", b"x")
    assert entente(tmp_path / "l.sqlite", "--team", "T2", "views") == 1
    assert "No workspace T2 keeps a library here; there is T1." in capsys.readouterr().err


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert entente(tmp_path / "l.sqlite", "try", "--no-browser", "--port", str(taken.getsockname()[1])) == 1
    assert "--port names another port" in capsys.readouterr().err


def test_reading_nothing_and_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entente(tmp_path / "l.sqlite", "read") == 1
    assert "Read what?" in capsys.readouterr().err
    assert entente(tmp_path / "l.sqlite", "read", str(tmp_path / "gone.txt")) == 1
    assert "neither a file" in capsys.readouterr().out


def test_the_manifest_takes_a_prefix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entente(tmp_path / "l.sqlite", "manifest", "--prefix", "policy-") == 0
    assert "command: /policy-summary" in capsys.readouterr().out


def test_export_and_backup(tmp_path: Path) -> None:
    assert entente(tmp_path / "l.sqlite", "export", str(tmp_path / "all.jsonl")) == 0
    assert entente(tmp_path / "l.sqlite", "backup", str(tmp_path / "copy.sqlite")) == 0
    assert (tmp_path / "copy.sqlite").stat().st_size > 0


def test_run_without_tokens_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    assert entente(tmp_path / "l.sqlite", "run") == 1
    assert "SLACK_BOT_TOKEN, SLACK_APP_TOKEN" in capsys.readouterr().err


def test_what_answers_slack_imports_no_language_library() -> None:
    code = (
        "import sys, bot.app, handlers.slack.serving\n"
        "heavy = {'spacy', 'thinc', 'trafilatura', 'htmldate', 'numpy', 'lxml', 'mammoth', 'pypdfium2'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[1])
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_pieces_are_read_by_a_process_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    samples = Path(app.__file__).parent / "playground" / "samples"
    assert entente(tmp_path / "l.sqlite", "read", str(samples)) == 0
    assert "10 read, 0 known already, 0 failed." in capsys.readouterr().out
    assert entente(tmp_path / "l.sqlite", "read", str(samples)) == 0
    assert "0 read, 10 known already, 0 failed." in capsys.readouterr().out
    assert entente(tmp_path / "l.sqlite", "summary", "grain corridor traders") == 0
    assert "The Grain Corridor Feeds Traders First" in capsys.readouterr().out
