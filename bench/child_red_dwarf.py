"""red-dwarf's whole pipeline on three arrays, as a process of the oracle environment. Used as a black box."""

import numpy as np
from reddwarf.implementations.polis import run_pipeline

from bench import meter


def main() -> None:
    """Times the list of dicts that it takes apart from its own work: only the latter is held against it."""
    folder = meter.arguments().parse_args().folder
    arrays = meter.load(folder)
    participant, statement, vote = arrays
    floor = meter.read_floor(arrays)
    records, making = meter.metered(
        lambda: [
            {"participant_id": p, "statement_id": s, "vote": v}
            for p, s, v in zip(participant.tolist(), statement.tolist(), vote.tolist(), strict=True)
        ]
    )
    result, found = meter.metered(
        lambda: run_pipeline(
            votes=records,
            mod_out_statement_ids=[],
            meta_statement_ids=[],
            min_user_vote_threshold=7,
            keep_participant_ids=[],
            max_group_count=5,
            random_state=0,
            pick_max=5,
            confidence=0.9,
        )
    )
    found |= {
        "read_floor_seconds": floor,
        "seconds_making_the_list": making["seconds"],
        "list_mb": making["peak_mb_above_start"],
    }
    people = result.participants_df
    label = people["cluster_id"].astype("float64").fillna(-1).to_numpy().astype(np.int64)
    meter.report(folder, people.index.to_numpy(), label, found)


if __name__ == "__main__":
    main()
