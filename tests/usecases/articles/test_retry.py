import pytest

from annotator.errors import FetchError
from annotator.usecases.articles.add import add
from annotator.usecases.articles.retry import worth_retrying
from serving import serve

PAGE = b"<title>Late</title><article><p>The page came a day later than it was wanted.</article>"


@pytest.fixture
def site():
    with serve({"/page": PAGE}) as served:
        yield served


async def test_an_address_is_remembered_until_it_is_added(library, site, moment):
    address = site.url("/later")
    with pytest.raises(FetchError):
        await add(library, address, now=moment)
    assert [each.address for each in library.failures.all()] == [address]
    assert worth_retrying(library) == ()  # it is not there: 404
    site.pages["/later"] = PAGE
    await add(library, address, now=moment)
    assert library.failures.all() == ()


async def test_a_state_folder_without_permission_hides_no_error(library, site, moment):
    site.refusals["/busy"] = 500
    library.state.joinpath("failures.json").mkdir()
    with pytest.raises(FetchError, match="500"):
        await add(library, site.url("/busy"), now=moment)
