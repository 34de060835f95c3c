"""What is declared about an API is read as it stands, or refused in one sentence."""

from pathlib import Path

import pytest

from acceptance.contract import semantics_files
from acceptance.contract.semantics import Field, Meaning, Semantics
from acceptance.errors import ConfigurationError


def declared(folder: Path, **files: str) -> Semantics:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return semantics_files.load(folder)


def test_entries_of_all_files_are_one(tmp_path):
    found = declared(
        tmp_path,
        post='["GET /crates"]\nphrase = "list the crates"\nitems = "crates"\n',
        fields='[fields]\nsent_at = { past = true, precedes = ["arrived_at"] }\n',
    )
    assert found.operations == {"GET /crates": Meaning(phrase="list the crates", items="crates")}
    assert found.fields == {"sent_at": Field(past=True, precedes=("arrived_at",))}
    assert found.fields_with("past") == {"sent_at": True}
    assert Path(found.source["GET /crates"]).name == "post.toml"


def test_nothing_is_declared_where_there_is_no_folder(tmp_path):
    assert semantics_files.load(tmp_path / "none") == Semantics()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[fields", "cannot be read"),
        ("[fields]\nsent_at = { passed = true }", "there is no key passed; known are past,"),
        ("[fields]\nsent_at = { past = 1 }", "past is a int, not a bool"),
        ("[fields]\nsent_at = 1", "fields.toml: sent_at is a int, not a dict"),
        ("fields = 1", "[fields] is a int, not a dict"),
        ("things = 1", "things is a int, not a list"),
        ("[[things]]\nnamed_by = 1", "named_by is a int, not a list"),
        ("[areas]\nprefix = []", "prefix is a list, not a str"),
        ('["GET /crates"]\nphrases = "x"', "GET /crates: there is no key phrases"),
        ('["GET /crates"]\ncounts = 1', "counts is a int, not a dict"),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence(tmp_path, text, said):
    with pytest.raises(ConfigurationError) as error:
        declared(tmp_path, fields=text)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_an_operation_is_declared_once(tmp_path):
    entry = '["GET /crates"]\nphrase = "list the crates"\n'
    with pytest.raises(ConfigurationError, match=r"b.toml: GET /crates is declared in .*a.toml already"):
        declared(tmp_path, a=entry, b=entry)
