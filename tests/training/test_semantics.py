"""PropBank's rows and UDS's rows as the training reads them."""

import json
import lzma
from pathlib import Path

from training.semantics import NO_ROLE, Reality, Roles, read_semantics, role_labels


def test_rows(tmp_path: Path) -> None:
    roles = {
        "sent_id": "s1",
        "predicates": [
            {"token": 2, "frame": "sell.01", "args": [{"role": "ARG0", "start": 1, "end": 1, "head": 1}]},
            {"token": 4, "frame": "be.03", "args": []},
            {"token": 5, "frame": "take.LV", "args": [{"role": "V", "start": 6, "end": 6, "head": 6}]},
        ],
    }
    reality = {
        "sent_id": "s1",
        "predicates": [
            {"token": 2, "factual": 1.0, "confidence": 0.5, "generic": {"dynamic": [0.3, 0.9]}},
            {"token": 5, "generic": {"particular": [-1, 1]}},
        ],
    }
    for name, row in (("srl", roles), ("factuality", reality)):
        with lzma.open(tmp_path / f"{name}_ewt_dev.jsonl.xz", "wt", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
    found = read_semantics(tmp_path, "dev")["s1"]
    assert found.roles == [Roles(1, True, ((0, "ARG0"),)), Roles(3, False, ()), Roles(4, None, ())]
    assert found.reality == [
        Reality(1, (1.0, 0.0, 0.3, 0.0), (0.5, 0.0, 0.9, 0.0)),
        Reality(4, (0.0, -1.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0)),
    ]
    assert role_labels([found], least=1) == [NO_ROLE, "ARG0"]
    assert role_labels([found]) == [NO_ROLE]
