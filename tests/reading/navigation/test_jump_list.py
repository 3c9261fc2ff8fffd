from hypothesis import given
from hypothesis import strategies as st

from annotator.reading.navigation.jump_list import MOST, JumpList


def test_one_comes_back_to_where_one_jumped_from_and_onward_again():
    jumps = JumpList().left(10).left(20)
    jumps, there = jumps.gone(30, -1)
    assert there == 20
    jumps, there = jumps.gone(20, -1)
    assert there == 10
    jumps, there = jumps.gone(10, 1)
    assert there == 20
    jumps, there = jumps.gone(20, 1)
    assert there == 30
    assert jumps.gone(30, 1)[1] == 30


def test_a_count_goes_several_places_and_no_farther_than_the_first():
    jumps = JumpList().left(10).left(20).left(30)
    assert jumps.gone(40, -2)[1] == 20
    assert jumps.gone(40, -99)[1] == 10


def test_with_nowhere_to_go_one_stays():
    assert JumpList().gone(5, -1) == (JumpList(), 5)
    assert JumpList().gone(5, 1) == (JumpList(), 5)


def test_a_new_jump_forgets_what_lay_onward():
    jumps, _ = JumpList().left(10).left(20).gone(30, -2)
    jumps = jumps.left(15)
    assert jumps.places == (15,)
    assert jumps.gone(50, -1)[1] == 15


def test_a_place_is_kept_once_however_often_it_is_left():
    assert JumpList().left(10).left(10).places == (10,)


def test_the_oldest_places_are_forgotten():
    jumps = JumpList()
    for place in range(MOST + 5):
        jumps = jumps.left(place)
    assert jumps.places == tuple(range(5, MOST + 5))


@given(st.lists(st.integers(0, 50)), st.integers(0, 50), st.integers(1, 9))
def test_going_back_and_onward_ends_where_it_began(places, here, count):
    jumps = JumpList()
    for place in places:
        jumps = jumps.left(place)
    back, _ = jumps.gone(here, -count)
    assert back.gone(back.places[back.at] if back.places else here, count)[1] == here
