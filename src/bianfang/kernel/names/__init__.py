"""Chinese personal names: where the surname ends, and how a name is spelt in pinyin.

Spellings are keys for searching and sorting, stored beside the name; they are never shown as fact.
"""
