import re

import collect_messages

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def test_every_text_has_a_translation() -> None:
    known = {
        (entry.msgctxt or "", entry.msgid): entry for entry in collect_messages.read_catalogue()
    }

    missing = [
        message.text
        for message in collect_messages.collect()
        if message.key not in known or not known[message.key].translated()
    ]

    assert missing == []


def test_catalogue_holds_no_text_that_nobody_uses() -> None:
    used = {message.key for message in collect_messages.collect()}

    assert [
        entry.msgid
        for entry in collect_messages.read_catalogue()
        if (entry.msgctxt or "", entry.msgid) not in used
    ] == []


def test_translations_fill_in_the_same_places() -> None:
    different = []
    for entry in collect_messages.read_catalogue():
        said = entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr
        if said and set(PLACEHOLDER.findall(entry.msgid)) != set(PLACEHOLDER.findall(said)):
            different.append(entry.msgid)

    assert different == []


def test_texts_of_code_and_of_templates_are_found() -> None:
    found = {message.text: message for message in collect_messages.collect()}

    assert found["%(villages)s village"].plural == "%(villages)s villages"
    assert "Nothing waits for you" in found
    assert ("list", ", ") in {message.key for message in found.values()}
