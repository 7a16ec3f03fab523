"""What every test may use."""

from pathlib import Path

import pytest

from tests.shared import shared_folder


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = shared_folder()
    if folder is None:
        pytest.skip("the development sets are not beside the checkout")
    return folder
