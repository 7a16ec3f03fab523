"""The shipped pipeline as a package: its size, its labels, its licence, its lock, and how it is swapped."""

import threading
from pathlib import Path

import pytest

from bot.errors import PipelineMissing
from bot.language import check, pipeline
from bot.models import NameType

MEGABYTE = 1_000_000


def test_the_package_is_small_and_says_where_it_comes_from() -> None:
    assert sum(file.stat().st_size for file in pipeline.SHIPPED.rglob("*") if file.is_file()) <= 20 * MEGABYTE
    meta = pipeline.load().meta
    assert meta["license"] == "CC BY-SA 4.0"
    sources = meta["sources"]
    assert isinstance(sources, list)
    assert all(source["license"] for source in sources)
    readme = (pipeline.SHIPPED / "README.md").read_text(encoding="utf-8")
    assert "creativecommons.org/licenses/by-sa/4.0" in readme
    assert all(source["name"] in readme for source in sources)


def test_it_speaks_the_house_scheme() -> None:
    [doc] = pipeline.load().analyse(["Minister Lena Orlova said on Monday that the treaty would be signed in Riga."])
    said = next(token for token in doc if token.lower_ == "said")
    assert {child.dep_ for child in said.children} >= {"nsubj", "ccomp"}
    assert said.lemma_ == "say"
    assert {name.label_ for name in doc.ents} <= {*NameType, "DATE", "MONEY", "MISC"}


def test_version_names_pipeline_and_rules() -> None:
    assert pipeline.load().version.startswith("en_entente-")
    assert f"rules.{pipeline.RULES}" in pipeline.load().version


def test_a_missing_pipeline_is_said_in_words() -> None:
    with pytest.raises(PipelineMissing, match="en_core_web_nowhere"):
        pipeline.load("en_core_web_nowhere")


def test_a_pipeline_can_be_any_folder(tmp_path: Path) -> None:
    import spacy

    plain = spacy.blank("en")
    plain.add_pipe("sentencizer")
    plain.to_disk(tmp_path / "plain")
    docs = pipeline.load(str(tmp_path / "plain")).analyse(["One. Two."])
    assert len(list(docs[0].sents)) == 2


def test_threads_get_what_one_alone_would_get() -> None:
    loaded = pipeline.load()
    texts = [f"Minister Number{n} Vandervelde said that parliament had lost {n} votes in Utrecht." for n in range(12)]
    alone = [[(t.text, t.tag_, t.dep_) for t in loaded.analyse([text])[0]] for text in texts]
    together: dict[int, list[tuple[str, str, str]]] = {}

    def work(n: int) -> None:
        together[n] = [(t.text, t.tag_, t.dep_) for t in loaded.analyse([texts[n]])[0]]

    threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[n] for n in range(12)] == alone


@pytest.mark.slow
def test_the_check_set_ships_and_is_passed() -> None:
    figures = dict(check.check(pipeline.load()))
    assert figures["names"] >= 87
    assert figures["sentences"] >= 99
