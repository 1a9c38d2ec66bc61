"""Every statement of the specification is tested, or says what it waits for."""

from __future__ import annotations

from structure import coverage


def test_the_page_is_up_to_date() -> None:
    assert coverage.PAGE.read_text() == coverage.page(), (
        "run: python tests/structure/coverage.py --write"
    )


def test_no_statement_is_forgotten() -> None:
    covered = set(coverage.citations()) | set(coverage.later())
    assert sorted(set(coverage.statements()) - covered) == []


def test_nothing_tested_is_said_to_wait() -> None:
    assert sorted(set(coverage.citations()) & set(coverage.later())) == []


def test_no_test_cites_a_statement_that_does_not_exist() -> None:
    assert set(coverage.citations()) <= set(coverage.statements())


def test_lists_and_ranges_are_read() -> None:
    text = "// covers S3, S4 and S137-S139: a story\n// covers S8,\n// S9\n"
    assert coverage.cited_in(text) == {3, 4, 8, 9, 137, 138, 139}
