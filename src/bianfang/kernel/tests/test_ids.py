from bianfang.kernel.ids import new_id


def test_ids_are_new_in_version_seven_and_sort_by_the_time_of_making() -> None:
    made = [new_id() for _ in range(2000)]

    assert len(set(made)) == len(made)
    assert {one.version for one in made} == {7}
    assert made == sorted(made)
