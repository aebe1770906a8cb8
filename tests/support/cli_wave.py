"""A wave of a city, and what stands in its database."""
import datetime
import sqlite3

MORNING = datetime.datetime(2024, 5, 12, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
HEADER = "sector,sat,sat_exp,sat_ideal,problem,sex,age,town,edu"
ROW = "S01,8,7,6,1,1,2,210281001,3"
OTHER = "S02,9,7,6,2,2,3,210281001,4"


def open_wave(city, form="A", year=2024, **options):
    more = [w for k, v in options.items() for w in (f"--{k.replace('_', '-')}", v)]
    return city.ok("wave", "open", "--form", form, "--year", str(year), *more)


def sqlite(city, sql):
    db = sqlite3.connect(city.db)
    try:
        with db:
            return db.execute(sql).fetchall()
    finally:
        db.close()


def stored(city):
    return sqlite(city, "SELECT count(*) FROM response")[0][0]
