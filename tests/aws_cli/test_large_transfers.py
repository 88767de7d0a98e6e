"""`aws s3 cp` of 5 GiB, its defaults but for the number of tries."""

import pytest

import transfer


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("killed_during", [(), ("upload", "download")], ids=["undisturbed", "killed"])
def test_5_gib_there_and_back(aws, onggi, tmp_path, killed_during):
    it = onggi().start()
    it.client().create_bucket(Bucket="large")

    def copy(one, other):
        words = ["s3", "cp", str(one), str(other), "--no-progress"]
        aws(*words, within=1800, AWS_ENDPOINT_URL=it.endpoint, AWS_MAX_ATTEMPTS="10")

    transfer.there_and_back(
        it,
        tmp_path,
        lambda path: copy(path, "s3://large/k"),
        lambda path: copy("s3://large/k", path),
        killed_during=killed_during,
    )
