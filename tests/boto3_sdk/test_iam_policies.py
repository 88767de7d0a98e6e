"""IAM policies and groups through boto3: documents, versions, pages, limits."""

import itertools
import json

import pytest

numbers = itertools.count(1)
READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"


def document(action="s3:GetObject", sid=""):
    statement = {"Sid": sid, "Effect": "Allow", "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def sized(characters):
    """A policy of just so many characters that aren't white space."""
    plain = len("".join(document().split()))
    return document(sid="s" * (characters - plain))


@pytest.fixture
def iam(server):
    return server.client("iam")


@pytest.fixture
def user(iam):
    name = f"policy-user-{next(numbers)}"
    iam.create_user(UserName=name)
    yield name
    for policy in iam.list_attached_user_policies(UserName=name)["AttachedPolicies"]:
        iam.detach_user_policy(UserName=name, PolicyArn=policy["PolicyArn"])
    for policy in iam.list_user_policies(UserName=name)["PolicyNames"]:
        iam.delete_user_policy(UserName=name, PolicyName=policy)
    for group in iam.list_groups_for_user(UserName=name)["Groups"]:
        iam.remove_user_from_group(UserName=name, GroupName=group["GroupName"])
    iam.delete_user(UserName=name)


@pytest.fixture
def policies(iam):
    """Makes managed policies; none outlives the test."""
    made = []

    def make(text=None, **settings):
        name = f"policy-{next(numbers)}"
        policy = iam.create_policy(PolicyName=name, PolicyDocument=text or document(), **settings)
        made.append(policy["Policy"]["Arn"])
        return made[-1]

    yield make
    for arn in made:
        entities = iam.list_entities_for_policy(PolicyArn=arn)
        for it in entities["PolicyUsers"]:
            iam.detach_user_policy(UserName=it["UserName"], PolicyArn=arn)
        for it in entities["PolicyGroups"]:
            iam.detach_group_policy(GroupName=it["GroupName"], PolicyArn=arn)
        for version in iam.list_policy_versions(PolicyArn=arn)["Versions"]:
            if not version["IsDefaultVersion"]:
                iam.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])
        iam.delete_policy(PolicyArn=arn)


def test_a_policy_without_tags_says_so_when_it_is_asked_for(iam, policies):
    arn = policies()
    assert iam.get_policy(PolicyArn=arn)["Policy"]["Tags"] == []
    (listed,) = [
        it for it in iam.list_policies(Scope="Local")["Policies"] if it["Arn"] == arn
    ]
    assert "Tags" not in listed


def test_documents_come_back_as_they_were(iam, user, policies):
    # White space, every reserved letter of a URL, and letters beyond ASCII.
    text = document().replace('"Sid": ""', '"Sid": ""\n\t').replace('"*"', '"arn:aws:s3:::b/é+%&=?*"')
    arn = policies(text)
    version = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]
    assert version["Document"] == json.loads(text)
    iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=text)
    assert iam.get_user_policy(UserName=user, PolicyName="p")["PolicyDocument"] == json.loads(text)


def test_a_malformed_document_is_refused_with_its_place(iam, user, refused):
    text = document().replace('"Allow"', '"Maybe"')
    with refused("MalformedPolicyDocument", 400) as caught:
        iam.create_policy(PolicyName="malformed", PolicyDocument=text)
    assert "line 1, column" in caught.value.response["Error"]["Message"]
    with refused("MalformedPolicyDocument", 400):
        iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument="{")
    with refused("MalformedPolicyDocument", 400) as caught:
        principal = document().replace('"Effect"', '"Principal": "*", "Effect"')
        iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=principal)
    assert "should not specify a principal" in caught.value.response["Error"]["Message"]


def test_a_policy_has_five_versions_whose_numbers_are_not_used_again(iam, policies, refused):
    arn = policies()
    for _ in range(4):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=document("s3:PutObject"))
    with refused("LimitExceeded", 409):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=document())
    iam.delete_policy_version(PolicyArn=arn, VersionId="v5")
    made = iam.create_policy_version(PolicyArn=arn, PolicyDocument=document(), SetAsDefault=True)
    assert made["PolicyVersion"]["VersionId"] == "v6"
    pages = iam.get_paginator("list_policy_versions").paginate(
        PolicyArn=arn, PaginationConfig={"PageSize": 2}
    )
    ids = [[it["VersionId"] for it in page["Versions"]] for page in pages]
    assert ids == [["v6", "v4"], ["v3", "v2"], ["v1"]]
    with refused("NoSuchEntity", 404):
        iam.get_policy_version(PolicyArn=arn, VersionId="v5")
    with refused("DeleteConflict", 409):
        iam.delete_policy_version(PolicyArn=arn, VersionId="v6")


def test_sizes_have_limits(iam, user, policies, refused):
    policies(sized(6144))
    with refused("LimitExceeded", 409):
        policies(sized(6145))
    iam.put_user_policy(UserName=user, PolicyName="a", PolicyDocument=sized(1024))
    iam.put_user_policy(UserName=user, PolicyName="b", PolicyDocument=sized(1024))
    with refused("LimitExceeded", 409) as caught:
        iam.put_user_policy(UserName=user, PolicyName="b", PolicyDocument=sized(1025))
    message = caught.value.response["Error"]["Message"]
    assert message == f"Maximum policy size of 2048 bytes exceeded for user {user}"


def test_ten_policies_are_attached_and_listed_in_pages(iam, user, policies, refused):
    arns = [policies(Path="/ten/") for _ in range(10)]
    for arn in arns:
        iam.attach_user_policy(UserName=user, PolicyArn=arn)
        iam.attach_user_policy(UserName=user, PolicyArn=arn)
    with refused("LimitExceeded", 409):
        iam.attach_user_policy(UserName=user, PolicyArn=READ_ONLY)
    pages = iam.get_paginator("list_attached_user_policies").paginate(
        UserName=user, PathPrefix="/ten/", PaginationConfig={"PageSize": 4}
    )
    listed = [[it["PolicyArn"] for it in page["AttachedPolicies"]] for page in pages]
    assert [len(it) for it in listed] == [4, 4, 2] and sorted(sum(listed, [])) == sorted(arns)
    only = iam.list_policies(Scope="Local", OnlyAttached=True, PathPrefix="/ten/")["Policies"]
    assert {it["AttachmentCount"] for it in only} == {1} and len(only) == 10


def test_policies_are_listed_by_scope_and_use(iam, user, policies, refused):
    boundary = policies(Path="/listed/")
    iam.put_user_permissions_boundary(UserName=user, PermissionsBoundary=boundary)
    listed = iam.list_policies(PathPrefix="/listed/")["Policies"][0]
    assert (listed["AttachmentCount"], listed["PermissionsBoundaryUsageCount"]) == (0, 1)
    used = iam.list_policies(PolicyUsageFilter="PermissionsBoundary", Scope="Local")["Policies"]
    assert [it["Arn"] for it in used] == [boundary]
    entities = iam.list_entities_for_policy(
        PolicyArn=boundary, PolicyUsageFilter="PermissionsBoundary"
    )
    assert [it["UserName"] for it in entities["PolicyUsers"]] == [user]
    with refused("DeleteConflict", 409):
        iam.delete_policy(PolicyArn=boundary)
    iam.delete_user_permissions_boundary(UserName=user)
    everything = iam.get_paginator("list_policies").paginate(PaginationConfig={"PageSize": 2})
    names = [it["PolicyName"] for page in everything for it in page["Policies"]]
    assert names == sorted(names, key=str.lower) and "AdministratorAccess" in names


def test_a_policy_that_isnt_there_cant_be_attached(iam, user, refused):
    missing = READ_ONLY + "ButNotThere"
    with refused("NoSuchEntity", 404) as caught:
        iam.attach_user_policy(UserName=user, PolicyArn=missing)
    message = caught.value.response["Error"]["Message"]
    assert message == f"Policy {missing} does not exist or is not attachable."


def test_a_groups_users_and_entities_come_in_pages(iam, policies):
    arn, group = policies(), f"group-{next(numbers)}"
    users = [f"{group}-{it}" for it in "edcba"]
    iam.create_group(GroupName=group)
    iam.attach_group_policy(GroupName=group, PolicyArn=arn)
    for name in users:
        iam.create_user(UserName=name)
        iam.add_user_to_group(GroupName=group, UserName=name)
        iam.attach_user_policy(UserName=name, PolicyArn=arn)
    pages = iam.get_paginator("get_group").paginate(
        GroupName=group, PaginationConfig={"PageSize": 2}
    )
    listed = [it["UserName"] for page in pages for it in page["Users"]]
    assert listed == sorted(users)
    pages = iam.get_paginator("list_entities_for_policy").paginate(
        PolicyArn=arn, PaginationConfig={"PageSize": 4}
    )
    found = [[len(page["PolicyGroups"]), len(page["PolicyUsers"])] for page in pages]
    assert found == [[1, 3], [0, 2]]
    for name in users:
        iam.detach_user_policy(UserName=name, PolicyArn=arn)
        iam.remove_user_from_group(GroupName=group, UserName=name)
        iam.delete_user(UserName=name)
    iam.detach_group_policy(GroupName=group, PolicyArn=arn)
    iam.delete_group(GroupName=group)


def test_a_user_is_in_ten_groups_at_most(iam, user, refused):
    groups = [f"ten-{next(numbers)}" for _ in range(11)]
    for group in groups:
        iam.create_group(GroupName=group)
    for group in groups[:10]:
        iam.add_user_to_group(GroupName=group, UserName=user)
    with refused("LimitExceeded", 409):
        iam.add_user_to_group(GroupName=groups[10], UserName=user)
    for group in groups[:10]:
        iam.remove_user_from_group(GroupName=group, UserName=user)
    for group in groups:
        iam.delete_group(GroupName=group)
