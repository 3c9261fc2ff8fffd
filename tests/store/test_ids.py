import threading

from annotator.store import new_id


def test_an_id_is_twenty_six_lower_case_letters_and_digits():
    identity = new_id()
    assert len(identity) == 26
    assert identity == identity.lower()
    assert identity.isalnum()


def test_ids_made_one_after_the_other_sort_in_that_order():
    ids = [new_id() for _ in range(2_000)]
    assert ids == sorted(set(ids))


def test_threads_never_get_the_same_id():
    ids: list[str] = []
    threads = [
        threading.Thread(target=lambda: ids.extend(new_id() for _ in range(500))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(ids)) == 2_000
