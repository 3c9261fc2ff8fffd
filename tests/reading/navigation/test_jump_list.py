from hypothesis import given
from hypothesis import strategies as st

from annotator.reading.navigation.motions import MOST, JumpList


def test_going_back_and_forward_returns_to_the_places_of_jumps():
    jumps = JumpList().pushed(10).pushed(20)
    jumps, there = jumps.moved(30, -1)
    assert there == 20
    jumps, there = jumps.moved(20, -1)
    assert there == 10
    jumps, there = jumps.moved(10, 1)
    assert there == 20
    jumps, there = jumps.moved(20, 1)
    assert there == 30
    assert jumps.moved(30, 1)[1] == 30


def test_a_count_goes_several_places_and_no_farther_than_the_first():
    jumps = JumpList().pushed(10).pushed(20).pushed(30)
    assert jumps.moved(40, -2)[1] == 20
    assert jumps.moved(40, -99)[1] == 10


def test_with_nowhere_to_go_the_place_stays():
    assert JumpList().moved(5, -1) == (JumpList(), 5)
    assert JumpList().moved(5, 1) == (JumpList(), 5)


def test_a_new_jump_drops_the_places_forward():
    jumps, _ = JumpList().pushed(10).pushed(20).moved(30, -2)
    jumps = jumps.pushed(15)
    assert jumps.places == (15,)
    assert jumps.moved(50, -1)[1] == 15


def test_a_place_that_is_left_repeatedly_is_listed_once():
    assert JumpList().pushed(10).pushed(10).places == (10,)


def test_the_oldest_places_are_dropped():
    jumps = JumpList()
    for place in range(MOST + 5):
        jumps = jumps.pushed(place)
    assert jumps.places == tuple(range(5, MOST + 5))


@given(st.lists(st.integers(0, 50)), st.integers(0, 50), st.integers(1, 9))
def test_going_back_and_forward_ends_where_it_began(places, here, count):
    jumps = JumpList()
    for place in places:
        jumps = jumps.pushed(place)
    back, _ = jumps.moved(here, -count)
    assert back.moved(back.places[back.at] if back.places else here, count)[1] == here
