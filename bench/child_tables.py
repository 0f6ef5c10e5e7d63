"""A whole analysis from tables to the frozen result, as the report asks for it, in a process of its own."""

import numpy as np
import pandas as pd

from analysis.frames import Tables
from analysis.pipeline import analyse
from bench import meter


def main() -> None:
    """Times `analyse` with its own settings; the tables are made before the clock starts."""
    folder = meter.arguments().parse_args().folder
    arrays = meter.load(folder)
    floor = meter.read_floor(arrays)
    participant, statement, vote = arrays
    tables = Tables(
        votes=pd.DataFrame({"participant": participant, "statement": statement, "position": vote}),
        statements=pd.DataFrame({"statement": np.unique(statement), "state": "approved"}),
    )
    result, found = meter.metered(lambda: analyse(tables))
    names = {group.label: number for number, group in enumerate(result.groups)}
    label = [-1 if one.group is None else names[one.group] for one in result.participants]
    meter.report(folder, [one.id for one in result.participants], label, found | {"read_floor_seconds": floor})


if __name__ == "__main__":
    main()
