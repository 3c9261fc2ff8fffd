import signal

import pytest

from annotator.cli.batch import BatchProgress
from annotator.cli.output import console


def interrupted(done, total, *, times=1):
    """Press Ctrl+C before an edit has reached an article."""
    with BatchProgress() as progress:
        assert progress(0, total)
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        console.echo("it goes on" if progress(done, total) else "what was done")


def test_ctrl_c_ends_an_edit_between_two_articles_and_says_so_after_what_was_done(capsys):
    usual = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        interrupted(1, 2)
    out, err = capsys.readouterr()
    assert out == "what was done\n"
    assert err == "Stopped; the others are as they were.\n"
    assert signal.getsignal(signal.SIGINT) is usual


def test_a_second_ctrl_c_ends_it_at_once(capsys):
    with pytest.raises(KeyboardInterrupt):
        interrupted(1, 2, times=2)
    assert "it goes on" not in capsys.readouterr().out


def test_ctrl_c_after_the_last_article_stops_nothing(capsys):
    try:
        interrupted(1, 1)
    except KeyboardInterrupt:  # it would end all the tests
        pytest.fail("it was stopped")
    assert capsys.readouterr() == ("it goes on\n", "")


def test_a_program_that_is_deaf_to_ctrl_c_stays_deaf(capsys):
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        interrupted(1, 2)
        assert capsys.readouterr().out == "it goes on\n"
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, usual)
