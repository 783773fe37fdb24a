"""What the checklist says of twins and of what stands there already."""

from __future__ import annotations

from typing import Any

from webgis.pages.wording import review_words


def test_an_asset_that_stands_there_is_no_other_work_to_open(app: Any) -> None:
    asset = {"kind": "asset", "id": "28eed874-4c92-51be-be9f-05eb60fb9c9d", "title": None}
    with app.test_request_context("/?lang=id"):
        said = review_words._overlap_words(asset)
    assert (said.id, said.title, said.good) == ("", "", False)
    assert "sudah ada" in said.text
