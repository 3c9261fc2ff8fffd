"""`annotator report-page`: a page that came out wrong as one file to attach to an issue."""

from functools import partial
from pathlib import Path

import click

from annotator.cli.completing import complete_article
from annotator.cli.context import CliContext
from annotator.cli.launch import fetched, is_outside
from annotator.cli.output import console
from annotator.cli.params import FILE_OR_ADDRESS, Command, url_option
from annotator.settings import expanded
from annotator.usecases.articles.lookup import find_article
from annotator.usecases.articles.page_report import report_saved, report_source
from annotator.usecases.page_report import ISSUES, PageReport, report_path, write_report


@click.command("report-page", cls=Command)
@click.argument("source", type=FILE_OR_ADDRESS, shell_complete=complete_article)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write it to this new .zip file, or into this folder (default: the current one).",
)
@url_option
def report_page_command(
    context: CliContext, *, source: str, target: Path | None, url: str, as_json: bool
) -> None:
    """Write a page, what was made of it and why to one file, to report what is wrong.

    SOURCE is as for `annotator show`. Nothing is sent. The file has the text of
    the page; it has no notes, marks, tags, cookies, passwords or e-mail addresses.
    """
    report = _report(context, source, url)
    path = report_path(target and expanded(target), expanded(Path()), report)
    size = write_report(report, path)
    if as_json:
        console.echo_json({"path": str(path), "bytes": size, "error": report.error})
        return
    console.echo_fields("written", str(path), f"{size / 1000:.0f} KB")
    if report.error:
        console.tell(f"No article could be made of the page: {report.error}")
    if not report.is_same_as_fetched:
        console.tell(
            "Without what was private in it the page comes out in another way; say so in the issue."
        )
    console.tell(
        "It has the text of the page, the article, and why each passage was kept or removed; none "
        "of your notes, marks, tags and cookies. Nothing was sent: look into it, and attach it to "
        f"an issue at {ISSUES}"
    )


def _report(context: CliContext, source: str, url: str) -> PageReport:
    now = context.now
    options = context.fetch_options
    if not is_outside(source):
        article_id = find_article(context.library, source)
        has_cookies = options.cookies is not None
        work = report_saved(context.library, article_id, now=now, has_cookies=has_cookies)
        return context.run(work)
    return fetched(context, source, url, partial(report_source, options=options, now=now))
