"""Vectors of marked words, which can be made again."""

from annotator.store.machine.claim_vectors import ClaimVectors


def test_vectors_are_kept_by_their_keys(tmp_path):
    with ClaimVectors(tmp_path) as memory:
        memory.add({b"a": b"1" * 384, b"b": b"2" * 384})
        memory.add({b"a": b"3" * 384})
    with ClaimVectors(tmp_path) as memory:
        assert memory.all() == {b"a": b"3" * 384, b"b": b"2" * 384}
    assert [path.name for path in tmp_path.iterdir()] == ["claim_vectors.db"]


def test_many_vectors_of_texts_that_are_gone_are_dropped(tmp_path):
    old = {f"old {number}".encode(): b"1" * 384 for number in range(150)}
    with ClaimVectors(tmp_path) as memory:
        memory.add(old | {b"new": b"2" * 384})
        memory.drop_all_but({b"new", *[*old][:60]})
        assert len(memory.all()) == 151
        memory.drop_all_but({b"new"})
        assert memory.all() == {b"new": b"2" * 384}
