"""An option is shown by its label in the reader's language; the record keeps its name."""

from __future__ import annotations

from guiju.reporting import write

from .making import check

TEXT = """
facts project "Project"
  stand "Stand" zh "林种" : one of tree "Trees" zh "乔木", bamboo "Bamboo" zh "竹子", other
rule R "r"
  must project.stand is bamboo
  else CAR "no"
"""


def test_reports_say_the_label_and_the_record_the_name() -> None:
    assessment = check(TEXT, {"project.stand": "tree"})
    (value,) = assessment.requirements[0].values or assessment.requirements[0].findings[0].values
    assert (value.value, value.said) == ("tree", {"en": "Trees", "zh": "乔木"})
    for format_name in ("html", "markdown", "text"):
        assert "乔木" in write([assessment], format_name, "zh"), format_name
        assert "Trees" in write([assessment], format_name, "en"), format_name


def test_an_option_without_a_label_goes_by_its_name() -> None:
    assessment = check(TEXT, {"project.stand": "other"})
    assert assessment.requirements[0].findings[0].values[0].said is None
    assert "other" in write([assessment], "markdown", "zh")
