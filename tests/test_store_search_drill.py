"""The drill of random search texts, shortened."""

from tests.drills.search import build, drill


def test_random_texts_are_never_an_error(tmp_path):
    with build(tmp_path, 200) as store:
        errors, _, _ = drill(store, range(1500))
    assert errors == 0
