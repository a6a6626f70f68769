"""config/scope.yml: which entries are read at all."""

from __future__ import annotations

from pydantic import Field, model_validator

from volteface.config.model import ConfigModel, Text


class Scope(ConfigModel):
    """An entry is in scope when its title or summary holds one of ``terms`` (whole words, any case), or one of
    ``paired_terms`` together with one of ``companions``; and none of ``excluded``.

    Two lists rather than any two terms: "Israel" and "Israeli" say one thing, and "famine" with "Security Council"
    may be about another country.
    """

    terms: tuple[Text, ...] = Field(min_length=1)
    paired_terms: tuple[Text, ...] = ()
    companions: tuple[Text, ...] = ()
    excluded: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _check_pairs(self) -> Scope:
        if bool(self.paired_terms) != bool(self.companions):
            message = "paired_terms and companions need one another: without the other list neither ever matches"
            raise ValueError(message)
        both = {term.casefold() for term in self.paired_terms} & {term.casefold() for term in self.companions}
        if both:
            message = f"a term cannot be its own companion: {', '.join(sorted(both))}"
            raise ValueError(message)
        return self
