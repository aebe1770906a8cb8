"""A path model of four items, and answers to it, as files."""
import json
import random

BLOCKS = {"X": ["a", "b"], "Y": ["c", "d"]}


def rows(n=40, **changed):
    """Answers of n people to four items that hang together; changed: other columns, or other values of one."""
    draw = random.Random(9)
    out = []
    for i in range(n):
        level = draw.randint(3, 8)
        row = {name: level + draw.randint(-2, 2) for name in "abcd"}
        row.update({name: value(i) if callable(value) else value for name, value in changed.items()})
        out.append(row)
    return out


def write(city, answers, **said):
    names = list(answers[0]) if answers else list("abcd")
    city.write("data.csv", "\n".join([",".join(names)] + [",".join(str(r[n]) for n in names) for r in answers]) + "\n")
    said = {"data": "data.csv", "blocks": BLOCKS, "paths": [["X", "Y"]], "scale": [1, 10], **said}
    return city.write("model.json", json.dumps({k: v for k, v in said.items() if v is not ...}))
