from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from annotator.reading.layout.engine import HeightIndex

NUMBERS = st.lists(st.integers(0, 9), min_size=1, max_size=400)


@given(NUMBERS, st.data())
def test_tops_and_lines_agree_after_any_correction(numbers, data):
    heights = HeightIndex(numbers)
    for _ in range(3):
        index = data.draw(st.integers(0, len(numbers) - 1))
        numbers[index] = heights[index] = data.draw(st.integers(0, 9))
    tops = list(accumulate(numbers, initial=0))
    assert heights.total == tops[-1]
    assert [heights.top(index) for index in range(len(numbers))] == tops[:-1]
    for line in range(heights.total):
        index, below = heights.find(line)
        assert tops[index] + below == line
        assert 0 <= below < numbers[index]
