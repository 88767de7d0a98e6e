"""`aws s3 cp` of 5 GiB, its defaults but for the number of tries."""


def test_5_gib_there_and_back(aws, large):
    def copy(way, path):
        ends = [str(path), "s3://large/key"]
        one, other = ends if way == "upload" else reversed(ends)
        words = ["s3", "cp", one, other, "--no-progress"]
        aws(*words, within=1800, AWS_ENDPOINT_URL=large.server.endpoint, AWS_MAX_ATTEMPTS="10")

    large.there_and_back(copy)
