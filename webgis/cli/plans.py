"""The command `plan`: the works that the money of some years builds, as JSON.

It knows nothing about the method; `webgis.planning.plans.plans` reads the store and calls gis_core.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import click

from webgis.cli.context import clean_output, owner_database, progress
from webgis.cli.operator import operator
from webgis.settings import read

Budget = dict[str, list[int]]


def _budget(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> Budget:
    """FUND=RUPIAH,RUPIAH,… into fund -> rupiah by year."""
    found: Budget = {}
    for text in given:
        fund, _, amounts = text.partition("=")
        if fund.strip() in found:
            raise click.BadParameter(
                f"{fund.strip()} is named twice; say it once with the rupiah of each year"
            )
        try:
            found[fund.strip()] = [int(amount.replace("_", "")) for amount in amounts.split(",")]
        except ValueError:
            raise click.BadParameter(f"{text}: write FUND=RUPIAH,RUPIAH,RUPIAH with whole rupiah") from None
    return found


@click.command()
@click.option("--kelurahan", required=True, metavar="CODE", help="Code of the kelurahan, like 99.01.01.1001.")
@click.option(
    "--budget", multiple=True, required=True, callback=_budget, metavar="FUND=Y1,Y2,Y3",
    help="Rupiah of a fund for each year, like blm=300_000_000,250_000_000,200_000_000; once for each fund.",
)  # fmt: skip
@click.option("--name", default="", help="Name of the plan.")
@click.option("--must", multiple=True, metavar="ID", help="A proposal that must be built; may be repeated.")
@click.option("--not-now", multiple=True, metavar="ID", help="A proposal to leave out; may be repeated.")
@click.option(
    "--rw-share",
    type=click.FloatRange(0, 1),
    help="Least share of what its proposals could do, for every RW.",
)
@click.option(
    "--rw-money",
    type=click.IntRange(0),
    help="Rupiah that the works of every RW should cost together, as far as can be.",
)
@click.option(
    "--carry",
    multiple=True,
    metavar="FUND",
    help="A fund whose unspent money may be spent in later years; may be repeated. The usual ones by default.",
)
@click.option("--no-carry", is_flag=True, help="Unspent money of every fund lapses with its year.")
@click.option(
    "--benefit-years",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="DELTA",
    help="What is built earlier counts for longer: each year counts DELTA times the one before (1: alike).",
)
@click.option("--max-min", is_flag=True, help="Serve the worst-served RW first.")
@click.option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; the screen by default.",
)
def plan(
    kelurahan: str, budget: Budget, name: str, must: tuple[str, ...], not_now: tuple[str, ...],
    rw_share: float | None, rw_money: int | None, carry: tuple[str, ...], no_carry: bool,
    benefit_years: float | None, max_min: bool, output: Path | None,
) -> None:  # fmt: skip
    """Find the plan that does most for the poor within the budgets, and keep it."""
    from webgis.planning.effects.catalogue_changes import in_force
    from webgis.planning.judging.desk import open_desk
    from webgis.planning.plans.plan_wish import PlanWish
    from webgis.planning.plans.plans import make_plan

    if carry and no_carry:
        raise click.UsageError("--carry and --no-carry exclude each other.")
    settings = read()
    wish = PlanWish(
        kelurahan, budget, name, must=must, not_now=not_now, rw_share={} if rw_share is None else {"*": rw_share},
        rw_money={} if rw_money is None else {"*": rw_money}, equity="max_min" if max_min else "none",
        carry=carry if carry or no_carry else None, benefit_years=benefit_years,
    )  # fmt: skip
    with clean_output(), owner_database(settings) as db, in_force(db), progress("plan") as tell:

        def say(percent: int, gap: str) -> None:
            most = math.ceil(float(gap or 0) * 1000 - 1e-9) / 1000
            tell(percent, f"at most {most:.1%} below the best" if gap else "")

        made = make_plan(db, open_desk(settings.data_dir), operator(kelurahan), wish, say)
    if not made["feasible"]:
        click.echo(
            "No plan keeps all that was asked with this money: this is the best one without it; `conflict` names what "
            "cannot be had together.", err=True,
        )  # fmt: skip
    text = json.dumps(made, ensure_ascii=False, indent=1, default=str)
    if output is None:
        click.echo(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")
