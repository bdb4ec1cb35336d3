"""The examples of docs/parser.md run as they stand there, each in an interpreter of its own."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from dragoman.language import conllu
from dragoman.language.parser import WEIGHTS

PAGE = (Path(__file__).parents[2] / "docs" / "parser.md").read_text(encoding="utf-8")
PIPELINE, ALONE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def printed(code: str) -> list[str]:
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return ran.stdout.split("\n")[:-1]


def test_the_pipeline_of_the_page_runs() -> None:
    assert len([line for line in PIPELINE.split("\n") if line]) <= 10
    arcs, names, *_, references = printed(PIPELINE)
    assert {("met", "root", "met"), ("envoy", "obj", "met"), ("sign", "root", "sign")} <= set(ast.literal_eval(arcs))
    assert ("Cairo", "GPE") in ast.literal_eval(names)
    assert re.fullmatch(r"\[(\(\w+, \w+\)(, )?)*\]", references)


def test_the_parser_alone_runs() -> None:
    assert printed(ALONE + "print([token.lemma_ for token in doc])") == ["['Iran', 'promise', 'to', 'pay', '.']"]


def test_the_page_names_every_key_of_misc() -> None:
    keys = set(re.findall(r'f?"(\w+)=', Path(conllu.__file__).read_text(encoding="utf-8")))
    assert keys == {"Args", "Coref", "Dynamic", "Factual", "Hypothetical", "NER", "Particular", "Pred", "SpaceAfter"}
    assert {key for key in keys if f"`{key}=" in PAGE} == keys


def test_the_page_names_every_label_of_names() -> None:
    labels = ast.literal_eval((WEIGHTS / "standard" / "labels.json").read_text(encoding="utf-8"))["tags"]
    assert {tag[2:] for tag in labels if tag != "O"} <= set(re.findall(r"^\| ([A-Z]+) \|", PAGE, re.MULTILINE))
