"""Years of a survey and of the tracker in a city."""
import datetime
import random


def survey(city, year, middle, form="A", rows=600, extra="", values="", seed=0):
    """A wave of phone answers around a middle of the ten-point scale, in 4 strata of 15 clusters."""
    draw = random.Random(f"{form}{year}{middle}{seed}")
    items = ["sat", "sat_exp", "sat_ideal"] if form == "A" else ["P", "E", "S", "N", "G", "T"]
    first, code = ("sector", None) if form == "A" else ("resid", "1")
    lines = [f"{first},stratum,cluster,weight,{','.join(items)},sex,age,town{extra}"]
    for i in range(rows):
        person = draw.gauss(middle, 1.3)
        points = [min(10, max(1, round(person + draw.gauss(0, 0.8)))) for _ in items]
        lines.append(f"{code or 'S%02d' % (i % 12 + 1)},h{i % 4},c{i % 60},1.5,"
                     f"{','.join(map(str, points))},{i % 2 + 1},{i % 6 + 1},2102810{i % 5 + 1:02d}{values}")
    # Over for long: for an hour after its end nothing of a wave is published.
    city.ok("wave", "open", "--form", form, "--year", str(year), "--strata", "片", "--clusters", "社区",
            "--opens", f"{year}-01-02", "--closes", f"{year}-01-31")
    city.ok("import", "--wave", f"{form}-{year}", city.write("s.csv", "\n".join(lines) + "\n"))
    city.ok("wave", "close", f"{form}-{year}")
    return lines


def row_of(city, ident):
    return city.ok("track", "show", ident)


NEXT = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).year + 1
SET = ("track", "set", "3", "--subtarget")


def reading(city, subtarget, year, value, **change):
    words = {"source": "决算", "date": "2024-12-20", **change}
    return city.run(*SET, str(subtarget), "--year", str(year), "--value", value, "--source", words["source"],
                    "--date", words["date"], "--json")
